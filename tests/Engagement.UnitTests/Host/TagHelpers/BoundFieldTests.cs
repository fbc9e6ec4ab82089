using AngleSharp.Dom;
using Engagement.Host.Pages;
using Engagement.Host.TagHelpers;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>What the fixtures cannot show: names, values and errors that come from the model.</summary>
public sealed class BoundFieldTests
{
    [Fact]
    public async Task An_input_takes_name_id_label_and_value_from_its_property()
    {
        var page = new Rendering(new SampleForm { Address = { Town = "Fulham" } });

        var body = await Write(page, new GovukInputTagHelper { For = page.For(m => m.Address.Town) });

        var input = body.QuerySelector("input")!;
        (input.GetAttribute("name"), input.Id, input.GetAttribute("value")).ShouldBe(("Address.Town", "Address_Town", "Fulham"));
        body.QuerySelector("label[for=Address_Town]")!.TextContent.ShouldBe("Town");
    }

    [Fact]
    public async Task What_was_sent_is_shown_again_instead_of_what_the_model_holds()
    {
        var page = new Rendering(new SampleForm { Title = "Old" });
        page.ModelState.SetModelValue("Title", "Typed", "Typed");
        page.ModelState.AddModelError("Title", "Enter a longer title.");
        page.ModelState.AddModelError("Title", "Enter a title that is not taken.");

        var body = await Write(page, new GovukInputTagHelper { For = page.For(m => m.Title), Hint = "As residents read it" });

        var input = body.QuerySelector("input")!;
        input.GetAttribute("value").ShouldBe("Typed");
        input.GetAttribute("aria-describedby").ShouldBe("Title-hint Title-error");
        body.QuerySelector("#Title-error")!.TextContent.ShouldBe("Error: Enter a longer title. Enter a title that is not taken.");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onfocus=\"alert(1)")]
    [InlineData("</textarea><script>alert(1)</script>")]
    public async Task Nothing_that_somebody_typed_becomes_markup(string typed)
    {
        var page = new Rendering(new SampleForm { Title = typed });
        page.ModelState.AddModelError("Title", typed);
        LabelledFieldTagHelper[] fields =
        [
            new GovukInputTagHelper { Prefix = typed, Suffix = typed },
            new GovukTextareaTagHelper(),
            new GovukCharacterCountTagHelper { MaxLength = 10 },
            new GovukSelectTagHelper { Items = [new SelectListItem(typed, typed)], Prompt = typed },
        ];

        foreach (var field in fields)
        {
            field.For = page.For(m => m.Title);
            field.Label = typed;
            field.Hint = typed;
            var body = await Write(page, field);

            body.QuerySelectorAll("script, [onfocus]").ShouldBeEmpty();
            body.QuerySelector("label")!.TextContent.ShouldBe(typed);
            body.QuerySelector(".govuk-hint")!.TextContent.ShouldBe(typed);
            body.QuerySelector(".govuk-error-message")!.TextContent.ShouldBe("Error: " + typed);
            var control = body.QuerySelector("input, textarea, option:checked")!;
            (control.GetAttribute("value") ?? control.TextContent).ShouldBe(typed);
        }
    }

    [Fact]
    public async Task A_text_that_begins_with_a_line_break_keeps_it()
    {
        var page = new Rendering(new SampleForm { Title = "\nSecond line" });

        var body = await Write(page, new GovukTextareaTagHelper { For = page.For(m => m.Title) });

        body.QuerySelector("textarea")!.TextContent.ShouldBe("\nSecond line");
    }

    [Fact]
    public async Task A_password_that_was_sent_is_not_sent_back()
    {
        var page = new Rendering(new SampleForm { Title = "secret" });
        page.ModelState.SetModelValue("Title", "secret", "secret");

        var body = await Write(page, new GovukPasswordInputTagHelper { For = page.For(m => m.Title) });

        body.InnerHtml.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Radios_choose_what_the_model_holds_and_show_what_belongs_to_it()
    {
        var page = new Rendering(new SampleForm { Statutory = true });
        var radios = new GovukRadiosTagHelper { For = page.For(m => m.Statutory) };

        var body = Dom.Parse(await page.Write(new Tag(
            radios,
            new Tag(new GovukRadioTagHelper { Value = "true", Label = "Yes" }, Tag.OfHtml("<p>Which law?</p>")),
            new Tag(new GovukRadioTagHelper { Value = "false", Label = "No" }))));

        body.QuerySelector("legend")!.TextContent.ShouldBe("Is it statutory?");
        body.QuerySelectorAll("input").Select(i => (i.Id, i.HasAttribute("checked"))).ShouldBe([("Statutory", true), ("Statutory-2", false)]);
        body.QuerySelector("#conditional-Statutory")!.ClassList.ShouldNotContain("govuk-radios__conditional--hidden");
    }

    [Fact]
    public async Task Checkboxes_of_a_collection_tick_what_it_holds_and_of_a_bool_its_value()
    {
        var page = new Rendering(new SampleForm { Audiences = ["b", "c"], Tell = true });
        var collection = new GovukCheckboxesTagHelper
        {
            For = page.For(m => m.Audiences),
            Items = [new("A", "a"), new("B", "b"), new("C", "c")],
        };
        var single = new GovukCheckboxesTagHelper { Name = "Choices" };

        var several = await Write(page, collection);
        var one = Dom.Parse(await page.Write(new Tag(single, new Tag(new GovukCheckboxTagHelper { For = page.For(m => m.Tell) }))));

        several.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")).ShouldBe(["b", "c"]);
        several.QuerySelectorAll("input").Select(i => i.GetAttribute("name")).Distinct().ShouldBe(["Audiences"]);
        var input = one.QuerySelector("input")!;
        (input.GetAttribute("name"), input.GetAttribute("value"), input.HasAttribute("checked")).ShouldBe(("Tell", "true", true));
        one.QuerySelector("fieldset").ShouldBeNull();
    }

    [Fact]
    public async Task A_checkbox_of_its_own_needs_no_name_around_it_and_shows_its_error()
    {
        var page = new Rendering();
        page.ModelState.AddModelError("Tell", "Tick the box.");

        var body = Dom.Parse(await page.Write(new Tag(new GovukCheckboxesTagHelper(), new Tag(new GovukCheckboxTagHelper { For = page.For(m => m.Tell) }))));
        var summary = await Write(page, new GovukErrorSummaryTagHelper());

        var error = body.QuerySelector(".govuk-error-message")!;
        error.TextContent.ShouldBe("Error: Tick the box.");
        body.QuerySelector("input")!.GetAttribute("aria-describedby").ShouldBe(error.Id);
        summary.QuerySelector("a")!.GetAttribute("href").ShouldBe("#Tell");
    }

    [Fact]
    public async Task A_date_shows_what_was_typed_and_marks_the_part_that_is_wrong()
    {
        var page = new Rendering(new SampleForm { OpensOn = new DateInput { Day = "3", Month = "Marchember", Year = "2027" } });
        page.ModelState.AddModelError("OpensOn.Month", "The opening day must have a real month.");

        var body = await Write(page, new GovukDateInputTagHelper { For = page.For(m => m.OpensOn) });

        body.QuerySelectorAll("input").Select(i => (i.GetAttribute("name"), i.Id, i.GetAttribute("value"))).ShouldBe(
            [("OpensOn.Day", "OpensOn_Day", "3"), ("OpensOn.Month", "OpensOn_Month", "Marchember"), ("OpensOn.Year", "OpensOn_Year", "2027")]);
        body.QuerySelectorAll(".govuk-input--error").Select(i => i.Id).ShouldBe(["OpensOn_Month"]);
        body.QuerySelector("fieldset")!.GetAttribute("aria-describedby").ShouldBe("OpensOn-error");
    }

    [Fact]
    public async Task The_error_summary_stands_above_the_controls_and_lists_their_errors_in_their_order()
    {
        var page = new Rendering();
        page.ModelState.AddModelError("", "Somebody else changed this.");
        page.ModelState.AddModelError("", "Nothing was saved.");
        page.ModelState.AddModelError("OpensOn.Year", "The opening day must include a year.");
        page.ModelState.AddModelError("statutory", "Say whether a law asks for it.");
        page.ModelState.AddModelError("Title", "Enter a title.");
        TagHelper[] fields =
        [
            new GovukInputTagHelper { For = page.For(m => m.Title) },
            new GovukRadiosTagHelper { For = page.For(m => m.Statutory), Items = [new("Yes", "true")] },
            new GovukDateInputTagHelper { For = page.For(m => m.OpensOn) },
        ];

        var body = Dom.Parse(await page.Write(new Tag(
            new GovukFieldsetTagHelper { Legend = "All" },
            [new Tag(new GovukErrorSummaryTagHelper()), .. fields.Select(f => new Tag(f))])));

        body.QuerySelectorAll(".govuk-error-summary__list li").Select(li => (li.TextContent, li.QuerySelector("a")?.GetAttribute("href"))).ShouldBe(
        [
            ("Somebody else changed this.", null),
            ("Nothing was saved.", null),
            ("Enter a title.", "#Title"),
            ("Say whether a law asks for it.", "#Statutory"),
            ("The opening day must include a year.", "#OpensOn_Year"),
        ]);
        foreach (var link in body.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            body.QuerySelectorAll(link.GetAttribute("href")!).Length.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Without_an_error_there_is_no_error_summary()
    {
        var page = new Rendering();

        (await page.Write(new Tag(new GovukErrorSummaryTagHelper()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_of_a_whole_date_leads_to_its_first_input()
    {
        var page = new Rendering();
        page.ModelState.AddModelError("OpensOn", "The opening day must be a real date.");

        var body = await Write(page, new GovukDateInputTagHelper { For = page.For(m => m.OpensOn) });
        var summary = await Write(page, new GovukErrorSummaryTagHelper());

        summary.QuerySelector("a")!.GetAttribute("href").ShouldBe("#OpensOn_Day");
        body.QuerySelectorAll(".govuk-input--error").Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_control_without_a_label_is_a_mistake_of_its_page()
    {
        var page = new Rendering();
        var field = new GovukInputTagHelper { Name = "Nameless" };

        var write = () => page.Write(new Tag(field));

        (await write.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldBe("The control 'Nameless' needs a label.");
    }

    [Fact]
    public async Task A_hint_with_markup_describes_the_control_as_a_plain_one_does()
    {
        var page = new Rendering();
        var field = new GovukInputTagHelper { For = page.For(m => m.Title) };

        var body = Dom.Parse(await page.Write(new Tag(field, new Tag(new GovukHintTagHelper(), Tag.OfHtml("See <a href=\"/help\">help</a>")))));

        body.QuerySelector("#Title-hint a")!.TextContent.ShouldBe("help");
        body.QuerySelector("input")!.GetAttribute("aria-describedby").ShouldBe("Title-hint");
    }

    [Fact]
    public async Task A_button_with_a_handler_sends_its_form_there_and_keeps_the_query()
    {
        var page = new Rendering();
        page.View.HttpContext.Request.PathBase = "/council";
        page.View.HttpContext.Request.Path = "/admin/teams";
        page.View.HttpContext.Request.QueryString = new("?handler=Old&sort=name");

        var body = await Write(page, new GovukButtonTagHelper { Handler = "Remove" });

        body.QuerySelector("button")!.GetAttribute("formaction").ShouldBe("/council/admin/teams?sort=name&handler=Remove");
    }

    [Theory]
    [InlineData("?code=q1&handler=Higher", null, "/admin/teams?code=q1")]
    [InlineData("?code=q1", null, null)]
    [InlineData("?code=q1&handler=Higher", "/elsewhere", "/elsewhere")]
    public async Task A_form_of_a_page_that_a_handler_refused_goes_to_the_page_and_not_to_the_handler_again(string query, string? action, string? expected)
    {
        var page = new Rendering();
        page.View.HttpContext.Request.Path = "/admin/teams";
        page.View.HttpContext.Request.QueryString = new(query);
        var form = new Tag(new PostedFormTagHelper()) { Attributes = action is null ? [] : [new TagHelperAttribute("action", action)] };

        var written = await page.Write(form);

        Dom.Parse(written).FirstElementChild!.GetAttribute("action").ShouldBe(expected);
    }

    [Theory]
    [InlineData("27", "3", "2027", "2027-03-27")]
    [InlineData(" 1 ", "mar", "2027", "2027-03-01")]
    [InlineData("01", "03", "2027", "2027-03-01")]
    [InlineData("29", "February", "2028", "2028-02-29")]
    [InlineData("30", "Sept.", "2027", "2027-09-30")]
    [InlineData("31", "12", "2027", "2027-12-31")]
    public void A_date_is_read_as_people_write_it(string day, string month, string year, string expected)
    {
        var state = new Rendering().ModelState;

        var date = new DateInput { Day = day, Month = month, Year = year }.Read(state, "OpensOn", "The opening day");

        date.ShouldBe(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        state.IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("29", "2", "2027", "OpensOn", "The opening day must be a real date, such as 27 3 2027.")]
    [InlineData("1", "13", "2027", "OpensOn", "The opening day must be a real date, such as 27 3 2027.")]
    [InlineData("0", "1", "2027", "OpensOn", "The opening day must be a real date, such as 27 3 2027.")]
    [InlineData("1", "Ma", "2027", "OpensOn", "The opening day must be a real date, such as 27 3 2027.")]
    [InlineData("1", "1", "27", "OpensOn.Year", "The opening day must have a year of 4 digits, such as 2027.")]
    [InlineData("1", "", "", "OpensOn.Month", "The opening day must include a month and a year.")]
    [InlineData("", "", "", "OpensOn", "The opening day is missing. Enter a day, month and year.")]
    public void What_is_not_a_date_says_why_at_the_part_concerned(string day, string month, string year, string key, string message)
    {
        var state = new Rendering().ModelState;

        new DateInput { Day = day, Month = month, Year = year }.Read(state, "OpensOn", "The opening day", required: true).ShouldBeNull();

        state.Where(e => e.Value!.Errors.Count > 0).Select(e => (e.Key, e.Value!.Errors[0].ErrorMessage)).ShouldBe([(key, message)]);
    }

    [Fact]
    public void A_date_that_nobody_asked_for_may_stay_empty()
    {
        var state = new Rendering().ModelState;

        new DateInput { Day = " " }.Read(state, "OpensOn", "The opening day").ShouldBeNull();

        state.IsValid.ShouldBeTrue();
        DateInput.From(new DateOnly(2027, 3, 27)).ShouldBe(new DateInput { Day = "27", Month = "3", Year = "2027" });
    }

    private static async Task<IElement> Write(Rendering page, TagHelper helper)
    {
        return Dom.Parse(await page.Write(new Tag(helper)));
    }
}
