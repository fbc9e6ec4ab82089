using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Jobs;

/// <summary>One job with its latest runs: those that did something, and those that failed.</summary>
[RequiresScope("administration:read")]
public sealed record ShowJob(string Name) : IQuery<JobDetails>;

/// <param name="Runs">Latest first, up to 100.</param>
public sealed record JobDetails(JobRow Job, IReadOnlyList<JobRunRow> Runs);

/// <param name="Done">How many things it did.</param>
/// <param name="Error">Null when it went well.</param>
public sealed record JobRunRow(DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Done, string? Error);

internal sealed class ShowJobHandler(IPlatformDb db, IEnumerable<JobRegistration> jobs, TimeProvider clock) : IRequestHandler<ShowJob, JobDetails>
{
    public async Task<JobDetails> Handle(ShowJob request, CancellationToken cancellationToken)
    {
        var job = jobs.Named(request.Name);
        var record = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Name == job.Name, cancellationToken);
        var runs = await db.JobRuns.AsNoTracking()
            .Where(r => r.Job == job.Name)
            .OrderByDescending(r => r.Id)
            .Select(r => new JobRunRow(r.StartedAt, r.EndedAt, r.Done, r.Error))
            .Take(100)
            .ToListAsync(cancellationToken);
        return new JobDetails(JobRow.Of(job, record, clock.GetUtcNow()), runs);
    }
}

internal static class RegisteredJobs
{
    /// <exception cref="NotFoundException">There is no such job.</exception>
    public static JobRegistration Named(this IEnumerable<JobRegistration> jobs, string name) =>
        jobs.FirstOrDefault(j => j.Name == name) ?? throw new NotFoundException("job");
}
