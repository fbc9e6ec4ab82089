using System.Text.Json;
using Engagement.Host.Pages;
using Engagement.Host.TagHelpers;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>The form controls against the fixtures of GOV.UK Frontend.</summary>
public sealed class FormFixtureTests
{
    private const string NoHtml = "labels, legends and affixes are text, so that nothing in them needs to be trusted";
    private const string NoInner = "no page needs attributes or classes on the parts inside";
    private const string NoTranslation = "the product speaks English";

    private static readonly string[] Labelled =
    [
        "id", "name", "label.text", "label.isPageHeading", "label.classes", "hint.text", "errorMessage.text", "describedBy", "formGroup.classes",
        "classes", "attributes",
    ];

    private static readonly string[] Choices =
    [
        "idPrefix", "name", "fieldset.legend.text", "fieldset.legend.isPageHeading", "fieldset.legend.classes", "fieldset.describedBy", "hint.text",
        "errorMessage.text", "formGroup.classes", "classes", "attributes", "items[].value", "items[].text", "items[].hint.text", "items[].checked",
        "items[].disabled", "items[].divider", "items[].id", "items[].conditional.html", "items[].attributes", "items[].label.classes",
    ];

    [Fact]
    public async Task Input() =>
        await Fixtures.Of("input").Check(
            [.. Labelled, "autocapitalize", "autocomplete", "disabled", "inputmode", "pattern", "prefix.text", "suffix.text", "spellcheck", "type", "value"],
            new()
            {
                ["with prefix with html"] = NoHtml,
                ["with suffix with html"] = NoHtml,
                ["with prefix with classes"] = NoInner,
                ["with prefix with attributes"] = NoInner,
                ["with suffix with classes"] = NoInner,
                ["with suffix with attributes"] = NoInner,
                ["with customised input wrapper"] = NoInner,
            },
            options => Write(options, new GovukInputTagHelper
            {
                Prefix = options.Text("prefix.text"),
                Suffix = options.Text("suffix.text"),
                Type = options.Text("type") ?? "text",
                Value = options.Text("value"),
            },
            "autocapitalize", "autocomplete", "disabled", "inputmode", "pattern", "spellcheck"));

    [Fact]
    public async Task The_width_of_an_input_is_the_class_of_the_fixture()
    {
        var page = new Rendering();

        var written = await page.Write(new Tag(new GovukInputTagHelper { Name = "postcode", Label = "Postcode", Width = 10 }));

        Dom.Parse(written).QuerySelector("input")!.ClassList.ShouldContain("govuk-input--width-10");
    }

    [Fact]
    public async Task Textarea() =>
        await Fixtures.Of("textarea").Check(
            [.. Labelled, "autocomplete", "rows", "spellcheck", "value"],
            [],
            options => Write(
                options,
                new GovukTextareaTagHelper { Rows = options.Number("rows") ?? 5, Value = options.Text("value") },
                "autocomplete",
                "spellcheck"));

    [Fact]
    public async Task Character_count()
    {
        const string noCountType = "what is counted follows from max-length or max-words";
        const string noLimit = "a limit is what the component is for";
        await Fixtures.Of("character-count").Check(
            [.. Labelled, "maxlength", "maxwords", "threshold", "rows", "spellcheck", "value"],
            new()
            {
                ["custom classes on countMessage"] = NoInner,
                ["with custom textarea description"] = NoTranslation,
                ["with translations"] = NoTranslation,
                ["to configure in JavaScript"] = noLimit,
                ["with neither maxlength nor maxwords set"] = noLimit,
                ["with neither maxlength, maxwords nor textarea description set"] = noLimit,
                ["with count type 'length'"] = noCountType,
                ["with count type 'characters'"] = noCountType,
                ["with count type 'characters' and value"] = noCountType,
                ["with count type 'characters' and error message"] = noCountType,
                ["with count type 'characters' and threshold"] = noCountType,
                ["with count type 'words'"] = noCountType,
                ["with count type 'words' and value"] = noCountType,
                ["with count type 'words' and error message"] = noCountType,
                ["with count type 'words' and threshold"] = noCountType,
            },
            options => Write(
                options,
                new GovukCharacterCountTagHelper
                {
                    MaxLength = options.Number("maxlength"),
                    MaxWords = options.Number("maxwords"),
                    Threshold = options.Number("threshold"),
                    Rows = options.Number("rows") ?? 5,
                    Value = options.Text("value"),
                },
                "spellcheck"));
    }

    [Fact]
    public async Task Select()
    {
        await Fixtures.Of("select").Check(
            [.. Labelled, "disabled", "value", "items", "items[].value", "items[].text", "items[].selected", "items[].disabled"],
            new()
            {
                ["attributes on items"] = NoInner,
                ["with falsy items"] = "a list in C# has no false items",
                ["item selected overrides value"] = "what the model holds is selected; no item contradicts it",
            },
            options => Write(
                options,
                new GovukSelectTagHelper
                {
                    Value = options.Text("value"),
                    Items =
                    [
                        .. options.List("items").Select(i => new SelectListItem
                        {
                            Text = i.Text("text"),
                            Value = i.Text("value"),
                            Selected = i.Flag("selected"),
                            Disabled = i.Flag("disabled"),
                        }),
                    ],
                },
                "disabled"));
    }

    [Fact]
    public async Task File_upload() =>
        await Fixtures.Of("file-upload").Check(
            [.. Labelled, "disabled", "multiple", "javascript"],
            new()
            {
                ["with value"] = "a browser lets nobody fill in a file",
                ["enhanced, custom wrapper classes and attributes"] = NoInner,
                ["translated"] = NoTranslation,
                ["translated, no javascript enhancement"] = NoTranslation,
            },
            options => Write(options, new GovukFileUploadTagHelper { DropZone = options.Flag("javascript") }, "disabled", "multiple"));

    [Fact]
    public async Task Password_input() =>
        await Fixtures.Of("password-input").Check(
            [.. Labelled, "autocomplete"],
            new()
            {
                ["value"] = "a password is never sent back to the browser",
                ["with translations"] = NoTranslation,
            },
            options => Write(options, new GovukPasswordInputTagHelper { Autocomplete = options.Text("autocomplete") ?? "current-password" }));

    [Fact]
    public async Task Radios() =>
        await Fixtures.Of("radios").Check(
            [.. Choices, "value"],
            new()
            {
                ["with legend as page heading"] = NoHtml,
                ["with falsy items"] = "a list in C# has no false items",
                ["fieldset with html"] = NoHtml,
                ["fieldset params"] = NoInner,
                ["label with attributes"] = NoInner,
                ["item checked overrides value"] = "what the model holds is chosen; no item contradicts it",
            },
            options => Write(
                options,
                new GovukRadiosTagHelper { Value = options.Text("value") },
                item => item.Text("divider") is { } divider
                    ? new Tag(new GovukDividerTagHelper(), Tag.OfText(divider))
                    : new Tag(
                        new GovukRadioTagHelper
                        {
                            Value = item.Text("value") ?? "",
                            Label = item.Text("text") ?? "",
                            Hint = item.Text("hint.text"),
                            Id = item.Text("id"),
                            LabelClass = item.Text("label.classes"),
                            Checked = item.Flag("checked"),
                            Disabled = item.Flag("disabled"),
                        },
                        Conditional(item))
                    {
                        Attributes = item.Attributes(),
                    }));

    [Fact]
    public async Task Checkboxes() =>
        await Fixtures.Of("checkboxes").Check(
            [.. Choices, "values[]", "items[].behaviour", "items[].name", "describedBy"],
            new()
            {
                ["with falsy values"] = "a list in C# has no false items",
                ["fieldset html params"] = NoHtml,
                ["fieldset params"] = NoInner,
                ["label with attributes"] = NoInner,
                ["item checked overrides values"] = "what the model holds is ticked; no item contradicts it",
            },
            options => Write(
                options,
                new GovukCheckboxesTagHelper { Values = options.At("values") is null ? null : options.List("values").Select(v => v.ToString()) },
                item => item.Text("divider") is { } divider
                    ? new Tag(new GovukDividerTagHelper(), Tag.OfText(divider))
                    : new Tag(
                        new GovukCheckboxTagHelper
                        {
                            Value = item.Text("value") ?? "",
                            Name = item.Text("name"),
                            Label = item.Text("text") ?? "",
                            Hint = item.Text("hint.text"),
                            Id = item.Text("id"),
                            LabelClass = item.Text("label.classes"),
                            Exclusive = item.Text("behaviour") == "exclusive",
                            Checked = item.Flag("checked"),
                            Disabled = item.Flag("disabled"),
                        },
                        Conditional(item))
                    {
                        Attributes = item.Attributes(),
                    }));

    [Fact]
    public async Task Date_input()
    {
        const string threeParts = "a date has day, month and year, in this order and under these names";
        await Fixtures.Of("date-input").Check(
            [
                "id", "namePrefix", "fieldset.legend.text", "fieldset.describedBy", "hint.text", "errorMessage.text", "formGroup.classes", "classes", "attributes",
                "values.day", "values.month", "values.year", "values.dob-day", "values.dob-month", "values.dob-year", "year.value",
                "day.error", "month.error", "year.error", "items", "items[].name", "items[].classes", "items[].error",
            ],
            new()
            {
                ["with translations"] = NoTranslation,
                ["with values, name prefix and custom names"] = threeParts,
                ["day and month"] = threeParts,
                ["day and month (using items)"] = threeParts,
                ["month and year"] = threeParts,
                ["month and year (using items)"] = threeParts,
                ["with nested name"] = threeParts,
                ["with errors only"] = "an error has a message",
                ["with errors only (using classes)"] = "an error has a message",
                ["with errors only (using items)"] = "an error has a message",
                ["with errors only (using items and classes)"] = "an error has a message",
                ["with error on single field by omission"] = "an error names its part instead of the others",
                ["with error on single item by omission"] = "an error names its part instead of the others",
                ["with error on single field using classes"] = NoInner,
                ["with error on single item using classes"] = NoInner,
                ["custom pattern"] = NoInner,
                ["custom inputmode"] = NoInner,
                ["items with classes"] = NoInner,
                ["with id on items"] = NoInner,
                ["with item value"] = NoInner,
                ["with field value and items"] = NoInner,
                ["with field value and item value"] = NoInner,
                ["with field value, item value and values"] = NoInner,
                ["with field value overriding values"] = "there is one value",
                ["fieldset html"] = NoHtml,
                ["with autocomplete values"] = NoInner,
                ["with input attributes"] = NoInner,
            },
            WriteDate,
            NamedAsMvcNames);
    }

    /// <summary>Proves that the comparison above can fail: each of these is another page for somebody.</summary>
    [Theory]
    [InlineData("<p class='a b'>Text</p>", "<p class='b'>Text</p>")]
    [InlineData("<p>Text</p>", "<p>Other</p>")]
    [InlineData("<p>Text</p>", "<div>Text</div>")]
    [InlineData("<p><b>Error:</b> Text</p>", "<p><b>Error:</b>Text</p>")]
    [InlineData("<p>Text</p>", "<p>Text</p><p>More</p>")]
    [InlineData("<p>Text</p><p>More</p>", "<p>Text</p>")]
    [InlineData("<input id=a aria-describedby='a b'>", "<input id=a aria-describedby='b a'>")]
    [InlineData("<input checked>", "<input>")]
    [InlineData("<input>", "<input disabled>")]
    [InlineData("<p>&lt;b&gt;Text&lt;/b&gt;</p>", "<p><b>Text</b></p>")]
    public void The_comparison_sees_a_difference(string expected, string actual)
    {
        Dom.Difference(expected, actual).ShouldNotBeNull();
        Dom.Difference(expected, expected).ShouldBeNull();
    }

    [Theory]
    [InlineData("<p class='a b' id=c>\n  Text\n</p>", "<p id=c class='b  a'>Text</p>")]
    [InlineData("<div>\n <p>Text</p>\n</div>", "<div><p>Text</p></div>")]
    [InlineData("<input disabled>", "<input disabled=''/>")]
    public void The_comparison_sees_past_what_a_browser_does_not_see(string expected, string actual) =>
        Dom.Difference(expected, actual).ShouldBeNull();

    [Fact]
    public async Task A_fixture_that_is_neither_met_nor_left_out_fails()
    {
        var check = () => Fixtures.Of("input").Check(["name"], [], _ => Task.FromResult(""));

        (await Assert.ThrowsAsync<ShouldAssertException>(check)).Message.ShouldContain("with hint text: neither supported nor left out");
    }

    [Fact]
    public async Task A_name_among_those_left_out_that_no_fixture_has_fails()
    {
        var check = () => Fixtures.Of("tag").Check(["text", "classes", "attributes", "html"], new() { ["gone"] = "it was there" }, _ => Task.FromResult(""));

        (await Assert.ThrowsAsync<ShouldAssertException>(check)).Message.ShouldContain("gone: left out, but there is no such fixture");
    }

    private static async Task<string> Write(JsonElement options, LabelledFieldTagHelper field, params string[] passedThrough)
    {
        var page = new Rendering();
        field.Name = options.Text("name");
        field.Id = options.Text("id");
        field.Label = options.Text("label.text");
        field.LabelSize = options.Size("label.classes");
        field.Heading = options.Flag("label.isPageHeading");
        field.Hint = options.Text("hint.text");
        field.DescribedBy = options.Text("describedBy");
        field.GroupClass = options.Text("formGroup.classes");
        AddError(page, options, field.FieldName);
        return await page.Write(new Tag(field) { Attributes = options.Attributes(passedThrough) });
    }

    private static async Task<string> Write(JsonElement options, ChoicesTagHelper group, Func<JsonElement, Tag> item)
    {
        var page = new Rendering();
        group.Name = options.Text("name");
        group.Id = options.Text("idPrefix");
        SetLegend(group, options);
        group.DescribedBy ??= options.Text("describedBy");
        AddError(page, options, group.FieldName);
        return await page.Write(new Tag(group, [.. options.List("items").Select(item)]) { Attributes = options.Attributes() });
    }

    private static async Task<string> WriteDate(JsonElement options)
    {
        var page = new Rendering();
        var prefix = options.Text("namePrefix") is { } given ? given + "-" : "";
        var date = new GovukDateInputTagHelper
        {
            Name = options.Text("id"),
            Value = new DateInput
            {
                Day = options.Text($"values.{prefix}day"),
                Month = options.Text($"values.{prefix}month"),
                Year = options.Text("year.value") ?? options.Text($"values.{prefix}year"),
            },
        };
        SetLegend(date, options);
        var wrong = new[] { "Day", "Month", "Year" }.Where(part =>
            options.Flag($"{part.ToLowerInvariant()}.error")
            || options.List("items").Any(i => i.Flag("error") && string.Equals(i.Text("name"), part, StringComparison.OrdinalIgnoreCase))).ToList();
        foreach (var part in wrong)
        {
            AddError(page, options, $"{date.FieldName}.{part}");
        }

        if (wrong.Count == 0)
        {
            AddError(page, options, date.FieldName);
        }

        return await page.Write(new Tag(date) { Attributes = options.Attributes() });
    }

    /// <summary>Where the fixture says <c>false</c> the page writes nothing inside the item.</summary>
    private static Tag Conditional(JsonElement item) =>
        Tag.OfHtml(item.At("conditional.html") is { ValueKind: JsonValueKind.String } html ? html.GetString()! : "");

    private static void SetLegend(LegendFieldTagHelper field, JsonElement options)
    {
        field.Legend = options.Text("fieldset.legend.text");
        field.LegendSize = options.Size("fieldset.legend.classes");
        field.Heading = options.Flag("fieldset.legend.isPageHeading");
        field.DescribedBy = options.Text("fieldset.describedBy");
        field.Hint = options.Text("hint.text");
        field.GroupClass = options.Text("formGroup.classes");
    }

    private static void AddError(Rendering page, JsonElement options, string name)
    {
        if (options.Text("errorMessage.text") is { } error)
        {
            page.ModelState.AddModelError(name, error);
        }
    }

    /// <summary>The parts of a date are properties of a property: MVC binds <c>dob.Day</c> and calls the element <c>dob_Day</c>.</summary>
    private static string NamedAsMvcNames(JsonElement options, string html)
    {
        var body = Dom.Parse(html);
        var id = options.Text("id")!;
        foreach (var part in new[] { "Day", "Month", "Year" })
        {
            var old = $"{id}-{part.ToLowerInvariant()}";
            var input = body.QuerySelector($"input[id='{old}']")!;
            input.SetAttribute("name", $"{id}.{part}");
            input.SetAttribute("id", $"{id}_{part}");
            body.QuerySelector($"label[for='{old}']")!.SetAttribute("for", $"{id}_{part}");
        }

        return body.InnerHtml;
    }
}
