using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

public enum CommitmentStatus
{
    Promised,
    InProgress,
    Done,

    /// <summary>Given up; its last note says why.</summary>
    NotDone,
}

/// <summary>Something promised in an outcome. Once published it can be kept or openly given up, not dropped.</summary>
internal sealed class Commitment
{
    private readonly List<CommitmentProgress> progress = [];

    private Commitment()
    {
    }

    internal Commitment(ConsultationId consultationId, CommitmentText text, int position)
    {
        ConsultationId = consultationId;
        Id = CommitmentId.New();
        Take(text, position);
    }

    public ConsultationId ConsultationId { get; private init; }

    public CommitmentId Id { get; private init; }

    public string Text { get; private set; } = "";

    /// <summary>The last UK day on which it is in time.</summary>
    public DateOnly DueOn { get; private set; }

    public string Owner { get; private set; } = "";

    public int Position { get; private set; }

    public CommitmentStatus Status { get; private set; }

    /// <summary>The first version of the outcome that promised it in public; null while it is a draft.</summary>
    public int? PublishedIn { get; internal set; }

    /// <summary>Public notes, oldest first.</summary>
    public IReadOnlyList<CommitmentProgress> Progress => progress;

    /// <summary>Promised in public, its day has passed, and it is neither kept nor given up.</summary>
    public bool IsOverdue(DateOnly today) => PublishedIn is not null && DueOn < today && Status is CommitmentStatus.Promised or CommitmentStatus.InProgress;

    internal void Take(CommitmentText text, int position)
    {
        Text = text.Text.Trim();
        DueOn = text.DueOn;
        Owner = text.Owner.Trim();
        Position = position;
    }

    internal void MoveOn(CommitmentStatus status, string note, DateTimeOffset now)
    {
        Status = status;
        progress.Add(new CommitmentProgress(Id, progress.Count + 1, status, note, now));
    }
}

internal sealed class CommitmentProgress
{
    private CommitmentProgress()
    {
    }

    internal CommitmentProgress(CommitmentId commitmentId, int number, CommitmentStatus status, string note, DateTimeOffset at)
    {
        CommitmentId = commitmentId;
        Number = number;
        Status = status;
        Note = note;
        At = at;
    }

    public CommitmentId CommitmentId { get; private init; }

    /// <summary>Counts the notes of one commitment, from 1.</summary>
    public int Number { get; private init; }

    public CommitmentStatus Status { get; private init; }

    public string Note { get; private init; } = "";

    public DateTimeOffset At { get; private init; }
}
