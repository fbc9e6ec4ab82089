using System.Net;
using Engagement.Access.Api;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Contracts;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.ClosingTheLoop.Pages;

/// <summary>Officers at the pages of one consultation; a browser without JavaScript.</summary>
public abstract class LoopPagesTest : LoopTest
{
    private readonly List<PageClient> opened = [];

    public override async Task DisposeAsync()
    {
        opened.ForEach(p => p.Dispose());
        await base.DisposeAsync();
    }

    /// <summary>The browser of an officer who has signed in.</summary>
    protected async Task<PageClient> SignedIn(string role = "officer")
    {
        var officer = await Send(new CreateOfficer($"{role}-{Guid.CreateVersion7():N}@example.org", role, [role], MustChangePassword: false));
        return await SignedIn(officer.Id);
    }

    protected async Task<PageClient> SignedIn(OfficerId officer)
    {
        var page = new PageClient(App.Address);
        page.Cookies.Add(App.Address, new Cookie(OfficerCookie.Name, await Send(new OpenSession(officer)), "/admin"));
        opened.Add(page);
        return page;
    }

    protected string At(string path) => $"/admin/consultations/{Consultation.Id}/{path}";

    protected static Dictionary<string, string?> Fields(params (string Name, string? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
