using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Engagement.Platform.Work;

/// <summary>What the API answers, with 202, to whoever asked for long work: its address says how far it is, and gives the file.</summary>
public sealed record WorkBegun(WorkId Id)
{
    public static Accepted<WorkBegun> Answer(WorkId id) => TypedResults.Accepted($"/api/v1/work/{id}", new WorkBegun(id));
}
