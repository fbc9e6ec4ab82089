using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Responses;

/// <summary>Keeps somebody's equality answers, apart from the response; sent again, they replace what was sent before.</summary>
/// <param name="Answers">By question code of the set that <see cref="ShowEqualityQuestions"/> shows; every one is optional.</param>
[AllowsAnyone]
public sealed record SaveEqualityAnswers(string? Secret, DateTimeOffset ArrivedAt, IReadOnlyDictionary<string, AnswerValue?> Answers) : ICommand<Unit>;

/// <summary>Takes equality answers back, at any time. The response stays.</summary>
[AllowsAnyone]
public sealed record RemoveEqualityAnswers(string? Secret) : ICommand<Unit>;

/// <summary>One's own equality answers, by question code; null where none are kept.</summary>
[AllowsAnyone]
public sealed record ShowOwnEqualityAnswers(string? Secret) : IQuery<IReadOnlyDictionary<string, AnswerValue>?>;

/// <summary>The equality questions, as they are asked after a response.</summary>
[AllowsAnyone]
public sealed record ShowEqualityQuestions : IQuery<EqualityQuestions>;

/// <param name="Version">Stored with every answer, such as <c>GSS-2021-E</c>.</param>
public sealed record EqualityQuestions(string Version, string Introduction, IReadOnlyList<Question> Questions);

internal sealed class SaveEqualityAnswersValidator : AbstractValidator<SaveEqualityAnswers>
{
    public SaveEqualityAnswersValidator() => RuleFor(c => c.Answers).AreNotTooMany();
}

internal sealed class EqualityAnswersHandler(
    IParticipationDb db, OwnResponses own, IMediator mediator, Erasures erasures, MasterKey masterKey, IOptions<ParticipationOptions> options)
    : IRequestHandler<SaveEqualityAnswers, Unit>, IRequestHandler<RemoveEqualityAnswers, Unit>, IRequestHandler<ShowEqualityQuestions, EqualityQuestions>,
        IRequestHandler<ShowOwnEqualityAnswers, IReadOnlyDictionary<string, AnswerValue>?>
{
    public async Task<Unit> Handle(SaveEqualityAnswers request, CancellationToken cancellationToken)
    {
        var (response, secret) = await Find(request.Secret, cancellationToken);
        var facts = await mediator.Send(new FindConsultation(response.ConsultationId), cancellationToken) ?? throw new NotFoundException("consultation");
        if (response.IsWithdrawn || request.ArrivedAt >= facts.ClosesAt + options.Value.EqualityAnswersGrace)
        {
            throw new RuleBrokenException(
                "equality-answers-closed",
                response.IsWithdrawn
                    ? "The response has been withdrawn, so nothing about you is kept with it."
                    : "It is too late for these questions: the analysis has begun. You can still have earlier answers removed.");
        }

        var sheet = ResponseRules.CheckAnswers(EqualityQuestionSet.Content, request.Answers);
        var id = EqualityAnswerSet.IdOf(secret, masterKey);
        var set = await db.EqualityAnswers.SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        if (set is null)
        {
            set = EqualityAnswerSet.For(response, secret, facts.EqualityAnswers == EqualityAnswers.Linked, masterKey);
            db.EqualityAnswers.Add(set);
        }

        // One statement, and nothing else in its transaction: rows that one transaction wrote can be told to belong together.
        set.Take(StoredAnswers.Of(EqualityQuestionSet.Content, sheet));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(RemoveEqualityAnswers request, CancellationToken cancellationToken)
    {
        var (_, secret) = await Find(request.Secret, cancellationToken);
        var id = EqualityAnswerSet.IdOf(secret, masterKey);
        await erasures.Erase(ErasureKind.EqualityAnswers, id, cancellationToken);
        return Unit.Value;
    }

    public async Task<IReadOnlyDictionary<string, AnswerValue>?> Handle(ShowOwnEqualityAnswers request, CancellationToken cancellationToken)
    {
        var (_, secret) = await Find(request.Secret, cancellationToken);
        var id = EqualityAnswerSet.IdOf(secret, masterKey);
        var kept = await db.EqualityAnswers.Where(e => e.Id == id).Select(e => e.Answers).SingleOrDefaultAsync(cancellationToken);
        return kept is null ? null : StoredAnswers.Read(EqualityQuestionSet.Content, kept);
    }

    public Task<EqualityQuestions> Handle(ShowEqualityQuestions request, CancellationToken cancellationToken)
    {
        var page = EqualityQuestionSet.Content.Pages[0];
        return Task.FromResult(new EqualityQuestions(EqualityQuestionSet.Version, page.Introduction!, page.Questions));
    }

    private async Task<(Response Response, ReceiptSecret Secret)> Find(string? secretText, CancellationToken cancellationToken)
    {
        var response = await own.Find(secretText, reference: null, cancellationToken);
        return (response, ReceiptSecret.Read(secretText)!);
    }
}
