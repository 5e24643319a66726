using System.CommandLine;
using RecordHub.Cli.Doctor;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Server.Hosting;
using RecordHub.Storage;

namespace RecordHub.Cli;

/// <summary>What a running command has at hand: where to write, and which RecordHub it works on.</summary>
internal sealed class CommandContext
{
    private readonly Uri? _server;
    private readonly string? _token;
    private readonly bool _dataGiven;

    public CommandContext(ParseResult parsed)
    {
        Output = new CommandOutput(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(GlobalOptions.Json));
        Ready = parsed.InvocationConfiguration.Output;
        string? data = parsed.GetValue(GlobalOptions.Data);
        _dataGiven = data is not null;
        Data = Path.GetFullPath(data ?? DefaultData);
        _server = parsed.GetValue(GlobalOptions.Server) ?? ServerOfEnvironment(_dataGiven);
        _token = parsed.GetValue(GlobalOptions.Token) ?? Environment.GetEnvironmentVariable("RECORDHUB_TOKEN");
        if (_server is not null && _dataGiven)
        {
            throw new CommandException(
                "--server and --data were both given.", "Give --server for a running service or --data for a folder.",
                ExitCodes.Usage);
        }
    }

    public CommandOutput Output { get; }

    /// <summary>Standard output itself.</summary>
    public TextWriter Ready { get; }

    /// <summary>The data folder, given or by default.</summary>
    public string Data { get; }

    /// <summary>Names the RecordHub that the command works on.</summary>
    public string Target => _server?.ToString() ?? Data;

    /// <summary>Whether the command works on a running service.</summary>
    public bool IsRemote => _server is not null;

    private static string DefaultData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".recordhub");

    /// <summary>Opens the RecordHub that the options name.</summary>
    /// <param name="files">Whether records will be filed, so that the embedded one needs its pipeline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IRecordHub> OpenAsync(bool files, CancellationToken cancellationToken)
    {
        if (_server is null)
        {
            return await EmbeddedHub.OpenAsync(Data, files, cancellationToken);
        }

        return new RemoteHub(_server, _token ?? throw new CommandException(
            "No token for the service was given.",
            "Give --token or set RECORDHUB_TOKEN; the service writes its first one to admin.token in its data folder."));
    }

    /// <summary>For what would be a wrong comfort of a store that was only made to be asked.</summary>
    /// <exception cref="CommandException">The folder has no store.</exception>
    public async Task RequireStoreAsync(CancellationToken cancellationToken)
    {
        if (_server is not null || File.Exists(Data))
        {
            return;
        }

        StorageOptions options = RecordHubOptions.Load(Data, new Dictionary<string, string?>()).ToStorage();
        if (DatabaseFile.FindMissing(options) is not { } missing)
        {
            return;
        }

        const string Make = "'recordhub serve' or 'recordhub case create' makes a new one.";
        throw await DatabaseFile.HasBlobsAsync(options, cancellationToken)
            ? new CommandException($"There are blobs here, and their database {missing} does not exist.", DatabaseCheck.WithoutDatabase)
            : new CommandException(
                $"There is no store here: {missing} does not exist.",
                _dataGiven ? "Name the folder of the store with --data; " + Make
                    : "Name the folder of the store with --data or a running service with --server; " + Make);
    }

    /// <summary>Opens the RecordHub in the data folder.</summary>
    /// <param name="files">Whether records will be filed, so that it needs its pipeline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">A running service was named: what only its machine can do is not done from elsewhere.</exception>
    public async Task<EmbeddedHub> OpenFolderAsync(bool files, CancellationToken cancellationToken) => IsRemote
        ? throw new CommandException(
            "Sites are called from where the service is, and this command takes no --server.",
            "Run it on the service's machine with --data; the service may run meanwhile.", ExitCodes.Usage)
        : await EmbeddedHub.OpenAsync(Data, files, cancellationToken);

    private static Uri? ServerOfEnvironment(bool dataGiven)
    {
        string? text = dataGiven ? null : Environment.GetEnvironmentVariable("RECORDHUB_SERVER");
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandException(
                $"RECORDHUB_SERVER is '{text}', which is no address.", "Set it to one such as http://127.0.0.1:8080.",
                ExitCodes.Usage);
    }
}
