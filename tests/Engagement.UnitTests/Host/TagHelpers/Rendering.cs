using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Encodings.Web;
using Engagement.Host.Pages;
using Engagement.Host.TagHelpers;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>A page with a model, on which tag helpers are run as Razor runs them.</summary>
internal sealed class Rendering
{
    private static readonly ServiceProvider Services = MakeServices();

    private readonly ViewDataDictionary<SampleForm> _viewData;

    public Rendering(SampleForm? model = null)
    {
        _viewData = new ViewDataDictionary<SampleForm>(Services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
        {
            Model = model ?? new SampleForm(),
        };
        View = new ViewContext
        {
            HttpContext = new DefaultHttpContext(),
            RouteData = new RouteData(),
            ActionDescriptor = new ActionDescriptor(),
            ViewData = _viewData,
        };
    }

    public ViewContext View { get; }

    public ModelStateDictionary ModelState => _viewData.ModelState;

    public ModelExpression For<T>(Expression<Func<SampleForm, T>> property) =>
        Services.GetRequiredService<ModelExpressionProvider>().CreateModelExpression(_viewData, property);

    public async Task<string> Write(Tag tag)
    {
        using var writer = new StringWriter();
        (await Run(tag, new Dictionary<object, object>())).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    public static TagHelperAttributeList Attributes(IEnumerable<KeyValuePair<string, string>> attributes) =>
        [.. attributes.Select(a => new TagHelperAttribute(a.Key, a.Value))];

    private async Task<IHtmlContent> Run(Tag tag, Dictionary<object, object> items)
    {
        if (tag.Helper is null)
        {
            return new HtmlString(tag.Html);
        }

        var context = new TagHelperContext([], new Dictionary<object, object>(items), "test");
        var output = new TagHelperOutput("tag", tag.Attributes, async (_, _) =>
        {
            var content = new DefaultTagHelperContent();
            foreach (var inner in tag.Inside)
            {
                content.AppendHtml(await Run(inner, new Dictionary<object, object>(context.Items)));
            }

            return content;
        });
        tag.Helper.GetType().GetProperty(nameof(FieldTagHelper.ViewContext))?.SetValue(tag.Helper, View);
        await tag.Helper.ProcessAsync(context, output);
        return output;
    }

    private static ServiceProvider MakeServices()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMvcCore().AddDataAnnotations().AddViews();
        return services.BuildServiceProvider();
    }
}

/// <summary>A tag of a page with what stands inside it, or a piece of HTML.</summary>
internal sealed record Tag(TagHelper? Helper, params Tag[] Inside)
{
    public string Html { get; private init; } = "";

    public TagHelperAttributeList Attributes { get; init; } = [];

    public static Tag OfHtml(string html) => new((TagHelper?)null) { Html = html };

    public static Tag OfText(string text) => OfHtml(HtmlEncoder.Default.Encode(text));
}

internal sealed class SampleForm
{
    [Display(Name = "Title of the consultation")]
    public string? Title { get; set; }

    [Display(Name = "When it opens")]
    public DateInput OpensOn { get; set; } = new();

    [Display(Name = "Who takes part")]
    public List<string> Audiences { get; set; } = [];

    [Display(Name = "Is it statutory?")]
    public bool? Statutory { get; set; }

    [Display(Name = "Tell me by e-mail")]
    public bool Tell { get; set; }

    public SampleAddress Address { get; set; } = new();
}

internal sealed class SampleAddress
{
    [Display(Name = "Town")]
    public string? Town { get; set; }
}
