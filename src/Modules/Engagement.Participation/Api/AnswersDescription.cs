using Engagement.Participation.Domain.Questions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Engagement.Participation.Api;

/// <summary>Tells the OpenAPI document what an answer can be; the generator sees only that it reads itself.</summary>
internal static class AnswersDescription
{
    public static IServiceCollection DescribeAnswers(this IServiceCollection services) => services.Configure<OpenApiOptions>("v1", options =>
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, AnswerValue>>)))
            {
                schema.AdditionalProperties = new OpenApiSchema
                {
                    Description = "A text (also an option's code, or a date as YYYY-MM-DD), a number (also a point of a scale), or a list of option codes; null for no answer",
                    OneOf =
                    [
                        new OpenApiSchema { Type = JsonSchemaType.String },
                        new OpenApiSchema { Type = JsonSchemaType.Number },
                        new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                        new OpenApiSchema { Type = JsonSchemaType.Null },
                    ],
                };
            }

            return Task.CompletedTask;
        }));
}
