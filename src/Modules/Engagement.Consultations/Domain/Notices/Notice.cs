namespace Engagement.Consultations.Domain.Notices;

public enum NoticeState
{
    ToDo,
    Published,

    /// <summary>It was published and was wrong; another notice corrects it.</summary>
    Corrected,
    NotApplicable,
}

/// <summary>One notice: what is to be made public, where and by when, and what really happened.</summary>
internal sealed class Notice
{
    private Notice()
    {
    }

    public NoticeId Id { get; private init; }

    /// <summary>The demand of a regime that it meets, as <see cref="NoticeDemand.Key"/>; null where officers added it.</summary>
    public string? Demand { get; private init; }

    public string? Regime { get; private init; }

    public string What { get; private init; } = "";

    /// <summary>The newspaper, the streets, the page; null until somebody says.</summary>
    public string? Where { get; private set; }

    /// <summary>Who sees to it, such as a team; null until somebody says.</summary>
    public string? Responsible { get; private set; }

    /// <summary>The last day on which it is in time; null while a date that it counts from is missing.</summary>
    public DateOnly? DueOn { get; private set; }

    public string? Citation { get; private set; }

    /// <summary>How the day was found, in words.</summary>
    public string Working { get; private set; } = "";

    /// <summary>The dates of the timetable that the day of its publication is.</summary>
    public IReadOnlyList<string> Inputs { get; private init; } = [];

    public NoticeState State { get; private set; }

    /// <summary>The UK day on which it really was published.</summary>
    public DateOnly? PublishedOn { get; private set; }

    public string? NotApplicableReason { get; private set; }

    /// <summary>The notice that this one corrects.</summary>
    public NoticeId? Corrects { get; private init; }

    /// <summary>What was wrong with the notice that this one corrects, in words for the public.</summary>
    public string? WhatWasWrong { get; private init; }

    /// <summary>Time runs anew from this correction; otherwise it goes on running from the notice that it corrects.</summary>
    public bool RestartsTime { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public static Notice Of(NoticeDemand demand, DateTimeOffset now) => new()
    {
        Id = NoticeId.New(),
        Demand = demand.Key,
        Regime = demand.Regime,
        What = demand.What,
        DueOn = demand.DueOn,
        Citation = demand.Citation,
        Working = demand.Working,
        Inputs = demand.Inputs,
        CreatedAt = now,
    };

    public static Notice Own(string what, string? where, string? responsible, DateOnly? dueOn, DateTimeOffset now) => new()
    {
        Id = NoticeId.New(),
        What = what,
        Where = where,
        Responsible = responsible,
        DueOn = dueOn,
        Working = "An officer added it; no law sets its day.",
        CreatedAt = now,
    };

    public static Notice Correcting(Notice wrong, string whatWasWrong, bool restartsTime, DateOnly dueOn, DateTimeOffset now) => new()
    {
        Id = NoticeId.New(),
        Regime = wrong.Regime,
        What = wrong.What,
        Where = wrong.Where,
        Responsible = wrong.Responsible,
        DueOn = dueOn,
        Citation = wrong.Citation,
        Working = restartsTime
            ? "It corrects an earlier notice, and time runs anew from it."
            : "It corrects an earlier notice; time goes on running from that one.",
        Inputs = restartsTime ? wrong.Inputs : [],
        Corrects = wrong.Id,
        WhatWasWrong = whatWasWrong,
        RestartsTime = restartsTime,
        CreatedAt = now,
    };

    /// <returns>Whether that changed anything.</returns>
    public bool Follow(NoticeDemand demand)
    {
        if (DueOn == demand.DueOn && Citation == demand.Citation && Working == demand.Working)
        {
            return false;
        }

        (DueOn, Citation, Working) = (demand.DueOn, demand.Citation, demand.Working);
        return true;
    }

    public void Plan(string? where, string? responsible, DateOnly? dueOn) => (Where, Responsible, DueOn) = (where, responsible, dueOn);

    public void Publish(DateOnly on, string where)
    {
        State = NoticeState.Published;
        PublishedOn = on;
        Where = where;
    }

    public void SetAside(string reason)
    {
        State = NoticeState.NotApplicable;
        NotApplicableReason = reason;
    }

    public void TakeUp()
    {
        State = NoticeState.ToDo;
        NotApplicableReason = null;
    }

    public void BecomeCorrected() => State = NoticeState.Corrected;
}
