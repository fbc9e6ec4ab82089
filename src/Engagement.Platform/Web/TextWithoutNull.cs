using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Engagement.Platform.Web;

/// <summary>
/// No text has the character U+0000 in it. PostgreSQL keeps none, and a statement that it refuses for one leaves a prepared connection in disorder for
/// whoever is served next: so it is refused where it comes in, in an address and a form here, in a form with a file by the filter, in JSON by the converter.
/// </summary>
internal static class TextWithoutNull
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static async Task Refuse(HttpContext context, RequestDelegate next)
    {
        // The page about a refusal answers the same request.
        if (context.Features.Get<IExceptionHandlerPathFeature>() is null)
        {
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
            {
                throw new BadHttpRequestException("The address holds the character U+0000.");
            }

            if (!Addresses.IsForMachines(context.Request.Path) && context.Request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true)
            {
                await ReadForm(context);
            }
        }

        await next(context);
    }

    private static async Task ReadForm(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidDataException)
        {
            // The reader takes neither U+0000 nor more fields than any page has.
            Empty(context);
            throw new BadHttpRequestException("The form cannot be read.", error);
        }
        catch (BadHttpRequestException)
        {
            // Too large, too slow or cut off.
            Empty(context);
            throw;
        }
    }

    /// <summary>Nobody is to stumble over the form once more.</summary>
    internal static void Empty(HttpContext context) => context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
}

/// <summary>A form with a file is read once it is known that its sender may send it, so it is looked at then; of its files the names.</summary>
public sealed class FormsWithoutNull : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.HasFormContentType && http.Features.Get<IExceptionHandlerPathFeature>() is null
            && TextsOf(await http.Request.ReadFormAsync(http.RequestAborted)).Any(t => t?.Contains('\0', StringComparison.Ordinal) == true))
        {
            TextWithoutNull.Empty(http);
            throw new BadHttpRequestException("The form holds the character U+0000.");
        }

        await next();
    }

    private static IEnumerable<string?> TextsOf(IFormCollection form) =>
        form.Keys.Concat(form.SelectMany(field => field.Value)).Concat(form.Files.SelectMany(file => new[] { file.Name, file.FileName, file.ContentType }));
}

internal sealed class TextWithoutNullConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException("A text is due here.");
        }

        var text = reader.GetString();
        return text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException("A text holds the character U+0000.") : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
