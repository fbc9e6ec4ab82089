using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>One consultee: who that is here, what passed between them and the council.</summary>
[Authorize("consultations:read")]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class ConsulteeModel(IMediator mediator, IRights rights, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    /// <summary>Bytes: the largest file, and a little for the form around it.</summary>
    private const int LargestRequest = AddDocument.MaximumSize + (64 * 1024);

    [FromRoute]
    public ConsulteeId ConsulteeId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public ConsulteeStep? Step { get; set; }

    [BindProperty]
    public DateInput On { get; set; } = new();

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public IFormFile? Paper { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Contact { get; set; }

    [BindProperty]
    public string? AsideReason { get; set; }

    public ConsulteeView Consultee { get; private set; } = null!;

    /// <summary>Whom to write to is for those who do the writing.</summary>
    public bool MayWrite { get; private set; }

    public IEnumerable<ConsulteeStep> Steps => Enum.GetValues<ConsulteeStep>().Where(s => Consultee.NotifiedOn is null == (s == ConsulteeStep.Notified));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Name = Consultee.Name;
        Contact = MayWrite && Consultee.HasContact ? (await Mediator.Send(new FindConsulteeContact(Id, ConsulteeId), cancellationToken)).Contact : null;
    }

    public async Task<IActionResult> OnGetProofAsync(ProofId proof, CancellationToken cancellationToken)
    {
        var file = await Mediator.Send(new ReadProof(Id, proof), cancellationToken);
        return File(file.Content, file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType, file.Name);
    }

    public async Task<IActionResult> OnPostRecordAsync(CancellationToken cancellationToken)
    {
        if (Step is null)
        {
            ModelState.AddModelError(nameof(Step), "Select what happened");
        }

        var on = On.Read(ModelState, nameof(On), "The day", required: true);
        var proof = await ReadPaper(cancellationToken);
        return await Change(new RecordConsultee(Id, ConsulteeId, Step ?? default, on ?? default, Note, proof, Version), "It is on record.", cancellationToken);
    }

    public Task<IActionResult> OnPostDescribeAsync(CancellationToken cancellationToken) =>
        Change(new DescribeConsultee(Id, ConsulteeId, Name ?? "", Contact, Version), "Your changes are saved.", cancellationToken);

    public Task<IActionResult> OnPostSetAsideAsync(CancellationToken cancellationToken) =>
        Change(new SetConsulteeAside(Id, ConsulteeId, AsideReason ?? "", Version), "It is set aside. The record keeps the reason.", cancellationToken);

    private async Task<IActionResult> Change(IRequest<ConsulteesView> command, string done, CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, command, cancellationToken, member => member switch
        {
            "Reason" => nameof(AsideReason),
            "Proof.Name" or "document-type-refused" or "document-empty" => nameof(Paper),
            "consultee-day-in-future" or "consultee-day-before-notice" => nameof(On),
            nameof(Name) or nameof(Contact) or nameof(Note) or nameof(On) or nameof(Step) => member,
            _ => null,
        });
        if (!sent.Succeeded)
        {
            ModelState.Remove(nameof(Version));
            await Prepare(cancellationToken);
            return Page();
        }

        this.Done(done);
        return Redirect($"{Address}/consultees");
    }

    private async Task<NewProof?> ReadPaper(CancellationToken cancellationToken)
    {
        if (Paper is null)
        {
            return null;
        }

        if (Paper.Length > AddDocument.MaximumSize)
        {
            ModelState.AddModelError(nameof(Paper), "The file is larger than 20 MB. Make it smaller, for example by saving its pictures in less detail.");
            return null;
        }

        var name = Paper.FileName[(Paper.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        using var content = new MemoryStream((int)Paper.Length);
        await Paper.CopyToAsync(content, cancellationToken);
        return new NewProof(ProofKind.File, name, AddDocument.MediaTypeOf(name), content.ToArray());
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var view = await Mediator.Send(new ListConsultees(Id), cancellationToken);
        Consultee = view.Consultees.FirstOrDefault(c => c.Id == ConsulteeId) ?? throw new NotFoundException("consultee");
        Version = view.Version;
        MayWrite = await rights.May("consultations:write", Id, cancellationToken);
    }
}
