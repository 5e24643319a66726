using System.CommandLine;
using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub login</c>.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        Command command = HubCommand.Described(
            "login", "Keep the address of a running service and the token for it, for commands that name neither",
            "login --server https://recordhub.example --token \"$TOKEN\"");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            Uri server = context.Server ?? throw new CommandException(
                "login was told no service.", "Give its address with --server; a store in a folder needs no login.", ExitCodes.Usage);
            Profile profile = new(server, context.Token ?? await AskAsync(context, cancellationToken));
            await using (RemoteHub hub = new(profile.Server, profile.Token))
            {
                await hub.CheckTokenAsync(cancellationToken);
            }

            string path = profile.Write();
            context.Output.Show(new LoginView(server, path), HubJson.Default.LoginView, view =>
            {
                context.Output.Line($"Logged in to {view.Server}: commands that name no --data and no --server work there now.");
                context.Output.Line($"The token is in {view.Profile}, for you alone; 'recordhub logout' removes it.");
            });
            if (server is { Scheme: "http", IsLoopback: false })
            {
                context.Output.Note("The address begins with http:, so whoever is in between reads the token. Use https: where you can.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // What is typed is not shown; what a program gives is its first line.
    private static async Task<string> AskAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? given;
        if (Console.IsInputRedirected)
        {
            given = await Console.In.ReadLineAsync(cancellationToken);
        }
        else
        {
            context.Output.Note("Token (it is not shown; Enter ends it):");
            List<char> typed = [];
            for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
            {
                if (key.Key != ConsoleKey.Backspace)
                {
                    typed.Add(key.KeyChar);
                }
                else if (typed.Count > 0)
                {
                    typed.RemoveAt(typed.Count - 1);
                }
            }

            given = new string([.. typed]);
        }

        return given?.Trim() is { Length: > 0 } token ? token : throw new CommandException(
            "login was given no token.", "Give it with --token, in RECORDHUB_TOKEN, or on standard input.", ExitCodes.Usage);
    }
}
