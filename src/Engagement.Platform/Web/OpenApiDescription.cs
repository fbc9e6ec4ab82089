using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Engagement.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Engagement.Platform.Web;

/// <summary>What the generator cannot see by itself: ids, scopes, conditional and repeatable requests, the refusals.</summary>
public static class OpenApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Engagement and consultation",
                Version = "v1",
                Description = "Plan engagement, keep every statutory timetable, take responses, and close the loop. Errors are RFC 9457 problem details; "
                    + "changes need If-Match; lists page by cursor; a POST may be repeated under its Idempotency-Key.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["client"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Flows = new OpenApiOAuthFlows
                    {
                        ClientCredentials = new OpenApiOAuthFlow
                        {
                            TokenUrl = new Uri("/api/v1/oauth/token", UriKind.Relative),
                            Scopes = Security.Scopes.All.ToDictionary(s => s, s => s, StringComparer.Ordinal),
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            {
                schema.Type = JsonSchemaType.String;
                schema.Format = "uuid";
                schema.Properties?.Clear();
            }

            if (type == typeof(string) && schema.Type is null)
            {
                // The generator does not look behind a converter, neither here nor for the items of a list or the values of a table.
                schema.Type = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null | JsonSchemaType.String : JsonSchemaType.String;
            }
            else if (context.JsonTypeInfo.ElementType == typeof(string))
            {
                if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Dictionary)
                {
                    schema.AdditionalProperties ??= new OpenApiSchema { Type = JsonSchemaType.String };
                }
                else
                {
                    schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
                }
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Responses ??= [];
            if (metadata.OfType<RequiredScope>().FirstOrDefault() is { } required)
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("client", context.Document)] = [required.Scope] },
                ];
                Refusal(operation, "401", "No valid access token");
                Refusal(operation, "403", $"The client lacks the scope {required.Scope}");
            }

            if (metadata.OfType<RequiresIfMatch>().Any())
            {
                Header(operation, "If-Match", "The ETag of the version you read, such as \"3\"", required: true);
                Refusal(operation, "412", "Somebody has changed it since");
                Refusal(operation, "428", "If-Match is missing");
            }

            if (metadata.OfType<TakesIdempotencyKey>().FirstOrDefault() is { } key)
            {
                Header(operation, IdempotencyKey.Header, "16 to 255 visible ASCII characters; a repeat under the same key does nothing again", key.Required);
                Refusal(operation, "422", "The key was used for another request");
            }

            Refusal(operation, "400", "The request cannot be read, or a field needs correcting (errors: field to messages)");
            Refusal(operation, "429", "Too many requests; see Retry-After");
            if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
            {
                Refusal(operation, "404", "There is no such thing, or you may not know of it");
            }

            if (context.Description.HttpMethod is not "GET")
            {
                Refusal(operation, "409", "A rule does not allow it; type names the rule, breaches lists every reason");
                Refusal(operation, "413", "The body is too large");
                Refusal(operation, "415", "The body is of another type");
            }

            return Task.CompletedTask;
        });
    });

    private static void Header(OpenApiOperation operation, string name, string description, bool required)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static void Refusal(OpenApiOperation operation, string status, string description)
    {
        if (!operation.Responses!.ContainsKey(status))
        {
            operation.Responses.Add(status, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                },
            });
        }
    }
}
