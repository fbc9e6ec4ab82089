using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Engagement.Platform.Web;

/// <summary>Marks the inline scripts of one answer as ours: 128 random bits that stand in its Content-Security-Policy.</summary>
public static class PageNonce
{
    private static readonly object Key = new();

    public static string Of(HttpContext context)
    {
        if (context.Items[Key] is not string nonce)
        {
            context.Items[Key] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        }

        return nonce;
    }
}
