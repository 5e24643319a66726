using System.CommandLine;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string?> http = new("--http") { Description = "Where HTTP listens (default 127.0.0.1:8080)", HelpName = "HOST:PORT" };
        Option<string?> dicom = new("--dicom") { Description = "Where DICOM listens (default 127.0.0.1:11112)", HelpName = "HOST:PORT" };
        Option<string?> ae = new("--ae") { Description = "The AE title we are called by (default RECORDHUB)", HelpName = "TITLE" };
        Option<string?> roles = new("--roles")
        {
            Description = "What this process runs: dicom, api, worker, puller (default all)",
            HelpName = "LIST",
        };
        Command command = HubCommand.Described(
            "serve", "Run the service until it is told to stop; prints 'ready http=… dicom=…' when its doors accept",
            "serve --data ./records --http 127.0.0.1:8080 --dicom 127.0.0.1:11112", http, dicom, ae, roles);
        command.SetAction((parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            if (context.IsRemote)
            {
                throw new CommandException("'serve' takes no --server.", "Give --data for the folder to serve.", ExitCodes.Usage);
            }

            Dictionary<string, string?> given = [];
            Add(given, "Http:Endpoint", parsed.GetValue(http));
            Add(given, "Dicom:Endpoint", parsed.GetValue(dicom));
            Add(given, "Dicom:AeTitle", parsed.GetValue(ae));
            Add(given, "Roles", parsed.GetValue(roles));
            return RunAsync(context, RecordHubOptions.Load(context.Data, given), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, RecordHubOptions options, CancellationToken cancellationToken)
    {
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, cancellationToken);
        List<string> ready = ["ready"];
        if (host.Http is { } http)
        {
            ready.Add($"http={http}");
        }

        if (host.Dicom is { } dicom)
        {
            ready.Add($"dicom={dicom}");
        }

        if (host.DicomTls is { } dicomTls)
        {
            ready.Add($"dicom-tls={dicomTls}");
        }

        // Standard output even with --json: scripts wait for this line.
        TextWriter output = context.Ready;
        await output.WriteLineAsync(string.Join(' ', ready));
        await output.FlushAsync(CancellationToken.None);
        try
        {
            await host.WaitForStopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C or SIGTERM: the way a service ends.
        }

        await host.StopAsync(CancellationToken.None);
        return host.Failure is not { } failure ? ExitCodes.Done : throw new CommandException(
            $"The service has ended by itself: a part of it failed ({failure.GetType().Name}).",
            "Start it again. If it stays, see the log before this and 'recordhub doctor'.");
    }

    private static void Add(Dictionary<string, string?> given, string key, string? value)
    {
        if (value is not null)
        {
            given[key] = value;
        }
    }
}
