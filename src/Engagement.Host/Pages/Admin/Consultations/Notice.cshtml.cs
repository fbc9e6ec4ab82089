using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Domain.Notices;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>One notice: plan it, record what really happened with its proof, set it aside, correct it.</summary>
[Authorize("consultations:read")]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class NoticeModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    /// <summary>Bytes: the largest file, and a little for the form around it.</summary>
    private const int LargestRequest = AddDocument.MaximumSize + (64 * 1024);

    private ActorNames names = null!;

    [FromRoute]
    public NoticeId NoticeId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public DateInput PublishedOn { get; set; } = new();

    [BindProperty]
    public string? PublishedWhere { get; set; }

    [BindProperty]
    public string? RecordReason { get; set; }

    [BindProperty]
    public ProofKind? Kind { get; set; }

    [BindProperty]
    public IFormFile? Paper { get; set; }

    [BindProperty]
    public string? PageAddress { get; set; }

    [BindProperty]
    public string? PlannedWhere { get; set; }

    [BindProperty]
    public string? Responsible { get; set; }

    [BindProperty]
    public DateInput DueOn { get; set; } = new();

    [BindProperty]
    public string? AsideReason { get; set; }

    [BindProperty]
    public string? WhatWasWrong { get; set; }

    [BindProperty]
    public bool? RestartsTime { get; set; }

    [BindProperty]
    public DateInput CorrectionDueOn { get; set; } = new();

    public NoticeView Notice { get; private set; } = null!;

    public DateOnly Today => UkTime.DateOf(Now);

    public string AddedBy(ProofView proof) => names.Of(proof.AddedBy);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        PublishedOn = DateInput.From(Notice.PublishedOn);
        PublishedWhere = PlannedWhere = Notice.Where;
        Responsible = Notice.Responsible;
        DueOn = DateInput.From(Notice.DueOn);
    }

    public async Task<IActionResult> OnGetProofAsync(ProofId proof, CancellationToken cancellationToken)
    {
        var file = await Mediator.Send(new ReadProof(Id, proof), cancellationToken);
        return File(file.Content, file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType, file.Name);
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken)
    {
        var on = PublishedOn.Read(ModelState, nameof(PublishedOn), "The day of publication", required: true);
        var proof = await ReadProof(isRequired: false, cancellationToken);
        var command = new PublishNotice(Id, NoticeId, on ?? default, PublishedWhere ?? "", proof, null, Version);
        return await Change(command, "It is on record as published. The timetable was computed anew.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRecordAsync(CancellationToken cancellationToken)
    {
        var on = PublishedOn.Read(ModelState, nameof(PublishedOn), "The day of publication", required: true);
        return await Change(new PublishNotice(Id, NoticeId, on ?? default, PublishedWhere ?? "", null, RecordReason, Version), "The record is changed, and keeps what it said before.", cancellationToken);
    }

    public async Task<IActionResult> OnPostAddProofAsync(CancellationToken cancellationToken)
    {
        var proof = await ReadProof(isRequired: true, cancellationToken);
        return await Change(new AddNoticeProof(Id, NoticeId, proof!), "The proof is kept.", cancellationToken);
    }

    public Task<IActionResult> OnPostPlanAsync(CancellationToken cancellationToken) => Act(
        notice => new PlanNotice(Id, NoticeId, PlannedWhere, Responsible, notice.IsDatedByLaw ? notice.DueOn : DueOn.Read(ModelState, nameof(DueOn), "The day"), Version),
        "The plan is saved.",
        cancellationToken);

    public Task<IActionResult> OnPostSetAsideAsync(CancellationToken cancellationToken) =>
        Change(new SetNoticeAside(Id, NoticeId, AsideReason ?? "", Version), "It is set aside. The record keeps the reason.", cancellationToken);

    public Task<IActionResult> OnPostTakeUpAsync(CancellationToken cancellationToken) => Change(new TakeNoticeUp(Id, NoticeId, Version), "It is among the tasks again.", cancellationToken);

    public async Task<IActionResult> OnPostCorrectAsync(CancellationToken cancellationToken)
    {
        var due = CorrectionDueOn.Read(ModelState, nameof(CorrectionDueOn), "The day of the correction", required: true);
        if (RestartsTime is null)
        {
            ModelState.AddModelError(nameof(RestartsTime), "Select from when time runs");
        }

        return await Change(
            new CorrectNotice(Id, NoticeId, WhatWasWrong ?? "", RestartsTime ?? false, due ?? default, Version), "The correction is among the tasks. Publish it soon.", cancellationToken);
    }

    private Task<IActionResult> Change(IRequest<NoticesView> command, string done, CancellationToken cancellationToken) => Act(_ => command, done, cancellationToken);

    private async Task<IActionResult> Act(Func<NoticeView, IRequest<NoticesView>> command, string done, CancellationToken cancellationToken)
    {
        var read = Version;
        await Prepare(cancellationToken);
        Version = read;
        var sent = await this.SendOrShowErrors(Mediator, command(Notice), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            ModelState.Remove(nameof(Version));
            await Prepare(cancellationToken);
            return Page();
        }

        this.Done(done);
        return Redirect($"{Address}/notices");
    }

    private string? FieldOf(string member) => member switch
    {
        "Where" when Notice.State == NoticeState.ToDo && PlannedWhere is not null => nameof(PlannedWhere),
        "Where" => nameof(PublishedWhere),
        "PublishedOn" or "notice-in-future" => nameof(PublishedOn),
        "Reason" when Notice.State == NoticeState.ToDo => nameof(AsideReason),
        "Reason" or "reason-needed" => nameof(RecordReason),
        "Proof.Name" when Kind == ProofKind.WebPage => nameof(PageAddress),
        "Proof.Name" or "Proof.Content" or "document-type-refused" or "document-empty" => nameof(Paper),
        "notice-needs-proof" => nameof(Kind),
        "Responsible" => nameof(Responsible),
        "WhatWasWrong" => nameof(WhatWasWrong),
        "DueOn" when Notice.State == NoticeState.Published => nameof(CorrectionDueOn),
        "DueOn" or "notice-dated-by-law" => nameof(DueOn),
        _ => null,
    };

    private async Task<NewProof?> ReadProof(bool isRequired, CancellationToken cancellationToken)
    {
        if (Kind is null && (isRequired || Paper is not null || !string.IsNullOrWhiteSpace(PageAddress)))
        {
            ModelState.AddModelError(nameof(Kind), "Select what shows it");
        }

        if (Kind is null or ProofKind.WebPage)
        {
            return Kind is null ? null : new NewProof(ProofKind.WebPage, PageAddress?.Trim() ?? "");
        }

        if (Paper is null || Paper.Length > AddDocument.MaximumSize)
        {
            ModelState.AddModelError(nameof(Paper), Paper is null ? "Choose a file" : "The file is larger than 20 MB. Make it smaller, for example by saving its pictures in less detail.");
            return null;
        }

        var name = Paper.FileName[(Paper.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        using var content = new MemoryStream((int)Paper.Length);
        await Paper.CopyToAsync(content, cancellationToken);
        return new NewProof(Kind.Value, name, AddDocument.MediaTypeOf(name), content.ToArray());
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var view = await Mediator.Send(new ListNotices(Id), cancellationToken);
        Notice = view.Notices.FirstOrDefault(n => n.Id == NoticeId) ?? throw new NotFoundException("notice");
        Version = view.Version;
        names = await ActorNames.FindAsync(Mediator, Notice.Proofs.Select(p => p.AddedBy), cancellationToken);
    }
}
