using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using RecordHub.Cli.Commands;
using RecordHub.Cli.Output;
using RecordHub.Core.Intake;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli;

/// <summary>The <c>recordhub</c> command line: its table of contents, and the one place where failures become exit codes.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line; the result is one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = Build().Parse(arguments);
        CommandOutput shown = new(output, error, parsed.GetValue(GlobalOptions.Json));
        if (!AsksForHelp(parsed) && Misspelling.Of(parsed) is { } wrong)
        {
            shown.Failure(wrong, $"Run '{PathOf(parsed.CommandResult)} --help' for what it takes.");
            return ExitCodes.Usage;
        }

        try
        {
            InvocationConfiguration invocation = new()
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,

                // Signals are ours: see Interruption.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CommandException failed)
        {
            shown.Failure(failed.Message, failed.Advice);
            return failed.ExitCode;
        }
        catch (StartRefusedException refused)
        {
            shown.Failure("RecordHub cannot start here.", refused.Message);
            return ExitCodes.Failed;
        }
        catch (StorageDamagedException damaged)
        {
            shown.Failure("The store cannot be used.", damaged.Message);
            return ExitCodes.Failed;
        }
        catch (StorageAwayException)
        {
            shown.Failure("The database does not answer.", "See 'recordhub doctor', then run the command again.");
            return ExitCodes.Failed;
        }
        catch (Exception lost) when (lost is BlobMissingException or BlobDamagedException)
        {
            shown.Failure(
                lost.Message,
                "The store has lost or changed bytes that it was given. Have the record sent again, or copy the blob from a backup; "
                + "'recordhub doctor' looks for more.");
            return ExitCodes.Failed;
        }
        catch (StorageFullException full)
        {
            shown.Failure(full.Message, "Make room, then run the command again.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            shown.Failure("Stopped before the end.", "Run the command again; what was finished stays done.");
            return ExitCodes.Failed;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or HttpRequestException or SocketException)
        {
            shown.Failure(failed.Message, "Check the path, its permissions and the connection, then run it again.");
            return ExitCodes.Failed;
        }
#pragma warning disable CA1031 // The end of the process: whatever nobody foresaw becomes a sentence and an exit code.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            // Where, but not the message: it may quote a record.
            shown.Failure(
                $"Something happened that nobody foresaw ({unforeseen.GetType().Name}).",
                "Run 'recordhub doctor'. If it stays, report it with these lines:\n" + unforeseen.StackTrace);
            return ExitCodes.Failed;
        }
    }

    internal static RootCommand Build()
    {
        RootCommand root = new(
            "RecordHub collects what hospitals have on a patient and makes one package of it for a second opinion.\n\n"
            + "Exit codes: 0 all done; 1 failed; 2 usage; 3 done, but something was held, rejected or conflicting.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ImportCommand.Create(),
            CaseCommands.Create(),
            InboxCommands.Create(),
            StudyCommands.Create(),
            PackageCommands.Create(),
            SiteCommands.Create(),
            PullCommand.Create(),
            SendCommand.Create(),
            PipelineCommands.Create(),
            TokenCommands.Create(),
            LoginCommand.Create(),
            LogoutCommand.Create(),
            AuditCommands.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            PurgeCommand.Create(),
            BlobsCommands.Create(),
            DoctorCommand.Create(),
            DicomCommands.Create(),
            SamplesCommand.Create(),
        };
        foreach (Option option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        ExampleHelp.AddTo(root);
        return root;
    }

    private static bool AsksForHelp(ParseResult parsed) => parsed.Action is ExampleHelp;

    private static string PathOf(CommandResult innermost)
    {
        string path = string.Empty;
        for (SymbolResult? result = innermost; result is CommandResult command; result = result.Parent)
        {
            path = command.Command is RootCommand ? "recordhub" + path : $" {command.Command.Name}{path}";
        }

        return path;
    }
}
