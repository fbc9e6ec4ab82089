using Engagement.Host.Commands;

return await CommandLine.RunAsync(args);
