using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Engagement.Host.TagHelpers;

/// <summary>
/// A page that a handler has refused stands at the handler's address (<c>?handler=Remove</c>). Its forms would all go there when they are
/// sent again, so one that names no address gets that of the page itself.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method='post']")]
public sealed class PostedFormTagHelper : TagHelper
{
    private const string Handler = "handler";

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.HttpContext.Request.Query.ContainsKey(Handler) && !output.Attributes.ContainsName("action"))
        {
            output.Attributes.SetAttribute("action", AddressOf(ViewContext, null));
        }
    }

    /// <summary>The address of the page with its query, for another handler, or for none.</summary>
    internal static string AddressOf(ViewContext context, string? handler)
    {
        var request = context.HttpContext.Request;
        var others = request.Query.Where(q => !string.Equals(q.Key, Handler, StringComparison.OrdinalIgnoreCase));
        var address = QueryHelpers.AddQueryString(request.PathBase + request.Path, others);
        return handler is null ? address : QueryHelpers.AddQueryString(address, Handler, handler);
    }
}
