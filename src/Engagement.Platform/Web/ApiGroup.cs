using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Platform.Web;

public static class ApiGroup
{
    /// <summary>A module's addresses: only the query parameters that an endpoint names, each at most once.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string prefix, string tag)
    {
        var group = app.MapGroup(prefix).WithTags(tag);
        group.AddEndpointFilterFactory((factory, next) =>
        {
            var allowed = QueryParametersOf(factory.MethodInfo);
            return context =>
            {
                Check(context.HttpContext.Request.Query, allowed);
                return next(context);
            };
        });
        return group;
    }

    private static HashSet<string> QueryParametersOf(MethodInfo handler) => handler.GetParameters()
        .SelectMany(p => p.GetCustomAttribute<AsParametersAttribute>() is null ? [p.Name!] : p.ParameterType.GetProperties().Select(m => m.Name))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static void Check(IQueryCollection query, HashSet<string> allowed)
    {
        foreach (var (name, values) in query)
        {
            if (!allowed.Contains(name))
            {
                throw Bad("The address has a query parameter that this request does not take. Remove it; /docs lists those it takes.");
            }

            if (values.Count > 1)
            {
                throw Bad($"The query parameter {name} is given more than once. Give it once.");
            }
        }
    }

    private static BadHttpRequestException Bad(string message) => new(message, new UnknownParameterException(message));
}
