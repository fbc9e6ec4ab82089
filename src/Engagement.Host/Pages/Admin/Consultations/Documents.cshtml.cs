using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>The papers that people need to answer: added one at a time, every version kept.</summary>
[Authorize("consultations:read")]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class DocumentsModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    /// <summary>Bytes: the largest file, and a little for the form around it.</summary>
    private const int LargestRequest = AddDocument.MaximumSize + (64 * 1024);

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public IFormFile? Paper { get; set; }

    /// <summary>What the public sees it as; without one the file's own name.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>While people are answering: why it comes so late.</summary>
    [BindProperty]
    public string? PublicReason { get; set; }

    public bool IsOpen => Consultation.PublicStatus == PublicStatus.Open;

    internal ActorNames Names { get; private set; } = null!;

    public IReadOnlyList<DocumentVersion> Versions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Version = Consultation.Version;
    }

    public async Task<IActionResult> OnGetDownloadAsync(DocumentId document, CancellationToken cancellationToken)
    {
        var file = await Mediator.Send(new ReadDocument(Id, document), cancellationToken);
        return File(file.Content, file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType, file.Name);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        if (Paper is null)
        {
            ModelState.AddModelError(nameof(Paper), "Choose a file");
            return Page();
        }

        if (Paper.Length > AddDocument.MaximumSize)
        {
            ModelState.AddModelError(nameof(Paper), "The file is larger than 20 MB. Make it smaller, for example by saving its pictures in less detail, or split it.");
            return Page();
        }

        var name = NameOf(Paper.FileName);
        using var content = new MemoryStream((int)Paper.Length);
        await Paper.CopyToAsync(content, cancellationToken);
        var sent = await this.SendOrShowErrors(
            Mediator,
            new AddDocument(Id, Version, name, AddDocument.MediaTypeOf(name), content.ToArray(), IsOpen ? PublicReason ?? "" : null),
            cancellationToken,
            member => member switch
            {
                "Name" => string.IsNullOrWhiteSpace(Name) ? nameof(Paper) : nameof(Name),
                "PublicReason" => nameof(PublicReason),
                "document-type-refused" or "document-empty" or "document-says-where" => nameof(Paper),
                _ => null,
            });
        return await Finish(sent.Succeeded, $"{name} is added.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string document, CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new RemoveDocument(Id, Version, document), cancellationToken);
        return await Finish(sent.Succeeded, $"{document} is removed. The record keeps it.", cancellationToken);
    }

    private async Task<IActionResult> Finish(bool succeeded, string done, CancellationToken cancellationToken)
    {
        if (!succeeded)
        {
            // A second press knows of what somebody else changed: the list shows it.
            await Prepare(cancellationToken);
            ModelState.SetModelValue(nameof(Version), Consultation.Version, null);
            Version = Consultation.Version;
            return Page();
        }

        this.Done(done);
        return Redirect($"{Address}/documents");
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Versions = await Mediator.Send(new ListDocuments(Id), cancellationToken);
        Names = await ActorNames.FindAsync(Mediator, Versions.Select(v => v.AddedBy), cancellationToken);
    }

    /// <summary>The name typed, with the file's ending where it has none of its own; some browsers send the whole path of a file.</summary>
    private string NameOf(string fileName)
    {
        var own = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var ending = own.Contains('.', StringComparison.Ordinal) ? own[own.LastIndexOf('.')..] : "";
        return string.IsNullOrWhiteSpace(Name) ? own
            : Name.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? Name.Trim()
            : Name.Trim() + ending;
    }
}
