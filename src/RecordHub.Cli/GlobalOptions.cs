using System.CommandLine;

namespace RecordHub.Cli;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write JSON to standard output (one document, or a line for each item); messages go to standard error",
        Recursive = true,
    };

    public static Option<Uri?> Server { get; } = new("--server")
    {
        Description = "Work on a running service at this address (or RECORDHUB_SERVER, or that of 'recordhub login')",
        Recursive = true,
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            {
                return uri;
            }

            result.AddError($"'{text}' is no address of a service; give one such as http://127.0.0.1:8080.");
            return null;
        },
    };

    public static Option<string?> Token { get; } = new("--token")
    {
        Description = "The token for the running service (or RECORDHUB_TOKEN, or that of 'recordhub login')",
        Recursive = true,
        HelpName = "TOKEN",
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Work on the store in this folder, without a running service (default ~/.recordhub)",
        Recursive = true,
        HelpName = "DIR",
    };

    public static IReadOnlyList<Option> All { get; } = [Json, Server, Token, Data];
}
