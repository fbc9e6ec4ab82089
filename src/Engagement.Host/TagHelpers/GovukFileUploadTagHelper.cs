using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A file to send. The form around it needs <c>enctype="multipart/form-data"</c>.</summary>
[HtmlTargetElement("govuk-file-upload")]
public sealed class GovukFileUploadTagHelper : LabelledFieldTagHelper
{
    /// <summary>Whether files can be dropped on it, with JavaScript.</summary>
    public bool DropZone { get; set; }

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        IHtmlContent input = Html.Void("input", "govuk-file-upload", ErrorText is null ? null : "govuk-file-upload--error")
            .With("id", FieldId)
            .With("name", FieldName)
            .With("type", "file")
            .With("aria-describedby", Describing)
            .With(attributes);
        return EmptyGroup().Containing(
            LabelElement(),
            HintAndError(),
            DropZone ? Html.Element("div", "govuk-file-upload-wrapper").With("data-module", "govuk-file-upload").Containing(input) : input);
    }
}
