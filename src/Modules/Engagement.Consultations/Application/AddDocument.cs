using System.Text.RegularExpressions;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Adds a paper, or its next version. An approval of the old papers is void.</summary>
/// <param name="ExpectedVersion">The version of the consultation that the caller read.</param>
/// <param name="Name">With its extension, which must fit type and content.</param>
/// <param name="PublicReason">While people are answering: why it comes so late. Null before the opening.</param>
[RequiresScope("consultations:write")]
public sealed record AddDocument(ConsultationId Id, int ExpectedVersion, string Name, string MediaType, byte[] Content, string? PublicReason = null) : ICommand<AddedDocument>
{
    /// <summary>Bytes.</summary>
    public const int MaximumSize = DocumentFormat.MaximumSize;

    /// <summary>Endings of the names of files that can be added, such as <c>pdf</c>.</summary>
    public static IReadOnlyList<string> Extensions => [.. DocumentFormat.All.Select(f => f.Extension)];

    /// <summary>The media type that belongs to a name; one that no file has where files of that ending are not taken.</summary>
    public static string MediaTypeOf(string name) => DocumentFormat.ByName(name)?.MediaType ?? "application/octet-stream";
}

/// <param name="ConsultationVersion">The consultation's version, which is its ETag.</param>
public sealed record AddedDocument(DocumentView Document, int ConsultationVersion);

internal sealed class AddDocumentValidator : AbstractValidator<AddDocument>
{
    public AddDocumentValidator()
    {
        RuleFor(c => c.Name).IsFileName();
        RuleFor(c => c.PublicReason).IsPublicReason().When(c => c.PublicReason is not null);
    }
}

internal static class FileNames
{
    // Without backtracking there is nothing to set a time limit for, which a busy machine would pass by accident.
    private static readonly Regex Name = new(@"^[\p{L}\p{N}](\.?[\p{L}\p{N}\p{Mn} _()-])*\.[A-Za-z]{3,4}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public static IRuleBuilderOptions<T, string> IsFileName<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(n => n.Length <= 120 && Name.IsMatch(n))
        .WithMessage("A file name has up to 120 letters, digits, spaces, full stops, hyphens, brackets and underscores, begins with a letter or digit and ends in its extension");
}

internal sealed class AddDocumentHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<AddDocument, AddedDocument>
{
    public async Task<AddedDocument> Handle(AddDocument request, CancellationToken cancellationToken)
    {
        var format = DocumentFormat.OfPublicPaper(request.Name, request.MediaType, request.Content);
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var now = clock.GetUtcNow();
        var document = request.PublicReason is { } reason
            ? consultation.AddLateDocument(request.Name.Normalize(), format.MediaType, request.Content, reason, current.Actor, now)
            : consultation.AddDocument(request.Name.Normalize(), format.MediaType, request.Content, current.Actor, now);
        await db.SaveChangesAsync(cancellationToken);
        return new AddedDocument(DocumentView.Of(document), consultation.Version);
    }
}
