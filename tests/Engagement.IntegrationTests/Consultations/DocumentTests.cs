using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Npgsql;

namespace Engagement.IntegrationTests.Consultations;

public sealed class DocumentTests : ConsultationsTest
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 the order");
    private static readonly byte[] SecondPdf = Encoding.ASCII.GetBytes("%PDF-1.7 the order, corrected");

    [Fact]
    public async Task Keeps_every_version_and_lists_the_newest()
    {
        var id = await Drafted();

        using var first = await PutDocument(id, "Draft order.pdf", "application/pdf", Pdf, 1);
        using var second = await PutDocument(id, "Draft order.pdf", "application/pdf", SecondPdf, 2);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.ETag!.Tag.ShouldBe("\"2\"");
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var listed = (await ReadConsultation(id)).GetProperty("documents").EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("version").GetInt32().ShouldBe(2);
        listed.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(SecondPdf)));
        (await Writer.GetByteArrayAsync(first.Headers.Location!.ToString())).ShouldBe(Pdf);
        (await Scalar<long>("select count(*) from consultations.document_content")).ShouldBe(2);
    }

    [Fact]
    [Trait("Attack", "C05")]
    public async Task Is_downloaded_by_anyone_as_an_attachment_of_its_name()
    {
        var id = await WithQuestionnaire();
        await PutDocument(id, "Café order (1).pdf", "application/pdf", Pdf, await VersionOfConsultation(id)).Success();
        await Post(Writer, id, "schedule", new { }).Success();
        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();
        var slug = await SlugOf(id);
        var listed = (await Anyone.GetAsync($"/api/v1/public/consultations/{slug}").Success()).GetProperty("documents")[0];

        using var download = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}/documents/{listed.GetProperty("id").GetGuid()}");

        download.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(Pdf);
        download.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var disposition = download.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("attachment");
        disposition.FileNameStar.ShouldBe("Café order (1).pdf");
        download.Content.Headers.GetValues("Content-Disposition").Single().All(char.IsAscii).ShouldBeTrue();
        download.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task What_is_not_shown_cannot_be_downloaded()
    {
        var id = await WithQuestionnaire();
        var old = (await PutDocument(id, "a.pdf", "application/pdf", Pdf, await VersionOfConsultation(id)).Success()).GetProperty("id").GetGuid();
        var draft = (await PutDocument(id, "a.pdf", "application/pdf", SecondPdf, await VersionOfConsultation(id)).Success()).GetProperty("id").GetGuid();
        var removed = (await PutDocument(id, "b.txt", "text/plain", "b"u8.ToArray(), await VersionOfConsultation(id)).Success()).GetProperty("id").GetGuid();
        var slug = await SlugOf(id);
        using var unpublished = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}/documents/{draft}");
        using var remove = new HttpRequestMessage(HttpMethod.Delete, Of(id, "documents/b.txt"));
        remove.Headers.IfMatch.Add(ETag(await VersionOfConsultation(id)));
        await Writer.SendAsync(remove).Success();
        await Post(Writer, id, "schedule", new { }).Success();
        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();

        unpublished.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var hidden in new[] { old, removed, Guid.CreateVersion7() })
        {
            using var answer = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}/documents/{hidden}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await Anyone.GetByteArrayAsync($"/api/v1/public/consultations/{slug}/documents/{draft}")).ShouldBe(SecondPdf);
    }

    [Fact]
    public async Task While_people_answer_a_paper_comes_only_with_a_public_reason_and_the_version_before_it_stays_readable()
    {
        var id = await WithQuestionnaire();
        var first = (await PutDocument(id, "order.pdf", "application/pdf", Pdf, await VersionOfConsultation(id)).Success()).GetProperty("id").GetGuid();
        await Post(Writer, id, "schedule", new { }).Success();
        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();
        var slug = await SlugOf(id);
        using var early = await PutLate(id, "A page was missing.");
        Clock.MoveTo(SampleConsultation.ClosesAt.AddDays(-3));
        await RunJob<OpenDueConsultationsJob>();
        using var silent = await PutDocument(id, "order.pdf", "application/pdf", SecondPdf, await VersionOfConsultation(id));
        using var noReason = await PutLate(id, " ");

        var late = await PutLate(id, "A page was missing.").Success();

        (await early.ProblemCode()).ShouldBe("not-open");
        (await silent.ProblemCode()).ShouldBe("content-frozen");
        noReason.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        late.GetProperty("version").GetInt32().ShouldBe(2);
        late.GetProperty("daysLeft").GetInt32().ShouldBe(2);
        var shown = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}").Success();
        shown.GetProperty("documents").EnumerateArray().ShouldHaveSingleItem().GetProperty("lateReason").GetString().ShouldBe("A page was missing.");
        var log = shown.GetProperty("disclosureLog").EnumerateArray().ToList();
        log.Select(d => d.GetProperty("document").GetProperty("version").GetInt32()).ShouldBe([2, 1]);
        log[1].GetProperty("publicTo").GetDateTimeOffset().ShouldBe(Clock.Now);
        (await Anyone.GetByteArrayAsync($"/api/v1/public/consultations/{slug}/documents/{first}")).ShouldBe(Pdf);
        var officers = (await Writer.GetAsync(Of(id, "documents")).Success()).EnumerateArray().ToList();
        officers.ShouldAllBe(d => d.GetProperty("addedBy").GetString()!.StartsWith("client:"));
        (await StatusOf(id)).ShouldBe("open");
        (await TimesInHistory(id, "DocumentAddedLate")).ShouldBe(1);
        (await TimesPublished(id, "ConsultationCorrectedV1")).ShouldBe(1);

        Clock.MoveTo(SampleConsultation.ClosesAt.AddTicks(-10));
        (await PutLate(id, "Once more.").Success()).GetProperty("daysLeft").GetInt32().ShouldBe(0);
        Clock.MoveTo(SampleConsultation.ClosesAt);
        using var tooLate = await PutLate(id, "Too late.");
        (await tooLate.ProblemCode()).ShouldBe("not-open");
    }

    private async Task<HttpResponseMessage> PutLate(Guid id, string reason)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Of(id, $"documents/order.pdf?publicReason={Uri.EscapeDataString(reason)}")) { Content = new ByteArrayContent(SecondPdf) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/pdf");
        request.Headers.IfMatch.Add(ETag(await VersionOfConsultation(id)));
        return await Writer.SendAsync(request);
    }

    [Theory]
    [InlineData("program.pdf", "application/pdf", "MZ not a pdf", 409)]
    [InlineData("page.html", "text/html", "<html>", 415)]
    [InlineData("order.pdf", "text/plain", "%PDF-1.7", 409)]
    [InlineData("no-extension", "application/pdf", "%PDF-1.7", 400)]
    [InlineData("../../etc/passwd.txt", "text/plain", "x", 400)]
    [InlineData("a\r\nb.txt", "text/plain", "x", 400)]
    [InlineData("evil\u202Efdp.txt", "text/plain", "x", 400)]
    [InlineData("empty.txt", "text/plain", "", 409)]
    [Trait("Attack", "C17")]
    [Trait("Attack", "C26")]
    public async Task Refuses_a_file_that_is_not_what_it_says_or_whose_name_is_none(string name, string mediaType, string content, int status)
    {
        var id = await Drafted();

        using var refused = await PutDocument(id, name, mediaType, Encoding.UTF8.GetBytes(content), 1);

        ((int)refused.StatusCode).ShouldBe(status);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await VersionOfConsultation(id)).ShouldBe(1);
    }

    [Fact]
    public async Task Takes_20_mebibytes_and_not_a_byte_more()
    {
        var id = await Drafted();
        var largest = new byte[20 * 1024 * 1024];
        "%PDF-"u8.CopyTo(largest);

        using var taken = await PutDocument(id, "large.pdf", "application/pdf", largest, 1);
        using var refused = await PutDocument(id, "larger.pdf", "application/pdf", [.. largest, 0], 2, askFirst: true);

        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Needs_the_version_that_was_read()
    {
        var id = await Drafted();
        using var without = await PutDocument(id, "a.pdf", "application/pdf", Pdf, null);
        await PutDocument(id, "a.pdf", "application/pdf", Pdf, 1).Success();
        using var stale = await PutDocument(id, "a.pdf", "application/pdf", Pdf, 1);

        without.StatusCode.ShouldBe((HttpStatusCode)428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Once_it_has_opened_no_paper_changes()
    {
        var id = await WithQuestionnaire();
        await PutDocument(id, "a.pdf", "application/pdf", Pdf, await VersionOfConsultation(id)).Success();
        await Post(Writer, id, "schedule", new { }).Success();
        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();
        Clock.MoveTo(SampleConsultation.OpensAt);

        using var beforeTheJob = await PutDocument(id, "a.pdf", "application/pdf", SecondPdf, await VersionOfConsultation(id));
        await RunJob<OpenDueConsultationsJob>();
        using var afterTheJob = await PutDocument(id, "b.pdf", "application/pdf", SecondPdf, await VersionOfConsultation(id));

        (await beforeTheJob.ProblemCode()).ShouldBe("content-frozen");
        (await afterTheJob.ProblemCode()).ShouldBe("content-frozen");
    }

    [Fact]
    public async Task The_database_lets_nobody_change_the_bytes()
    {
        var id = await Drafted();
        await PutDocument(id, "a.pdf", "application/pdf", Pdf, 1).Success();

        (await Should.ThrowAsync<PostgresException>(() => Scalar<int>("update consultations.document_content set bytes = 'x' returning 1"))).SqlState.ShouldBe("42501");
        (await Should.ThrowAsync<PostgresException>(() => Scalar<int>("delete from consultations.document_content returning 1"))).SqlState.ShouldBe("42501");
    }
}
