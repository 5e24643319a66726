using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;

namespace RecordHub.Cli.Commands;

/// <summary>How a command that works on a RecordHub is made: described with an example, and run with one opened.</summary>
internal static class HubCommand
{
    /// <summary>A command whose help ends with an example.</summary>
    public static Command Described(string name, string description, string example, params ReadOnlySpan<Symbol> symbols)
    {
        ExampleCommand command = new(name, description, example);
        foreach (Symbol symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
                case Command child:
                    command.Subcommands.Add(child);
                    break;
            }
        }

        return command;
    }

    /// <summary>Runs the command on the RecordHub that the options name.</summary>
    /// <param name="command">The command.</param>
    /// <param name="files">Whether records will be filed.</param>
    /// <param name="body">What it does; the result is an exit code.</param>
    /// <param name="makes">Whether a store is made where none is; what asks, or works on what is there, makes none.</param>
    public static Command Runs(
        this Command command, bool files,
        Func<IRecordHub, CommandOutput, ParseResult, CancellationToken, Task<int>> body, bool makes = false)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            if (!makes && context.Service is null)
            {
                await context.RequireStoreAsync(cancellationToken);
            }

            await using IRecordHub hub = await context.OpenAsync(files, cancellationToken);
            return await body(hub, context.Output, parsed, cancellationToken);
        });
        return command;
    }
}
