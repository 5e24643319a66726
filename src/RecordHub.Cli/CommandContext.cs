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
    private readonly bool _dataGiven;
    private readonly Lazy<Profile?> _profile;

    public CommandContext(ParseResult parsed)
    {
        Output = new CommandOutput(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(GlobalOptions.Json));
        Ready = parsed.InvocationConfiguration.Output;
        string? data = parsed.GetValue(GlobalOptions.Data);
        _dataGiven = data is not null;
        Data = Path.GetFullPath(data ?? DefaultData);
        Server = parsed.GetValue(GlobalOptions.Server) ?? ServerOfEnvironment(_dataGiven);
        Token = parsed.GetValue(GlobalOptions.Token) ?? Environment.GetEnvironmentVariable("RECORDHUB_TOKEN");
        _profile = new Lazy<Profile?>(() => _dataGiven ? null : Profile.Read());
        if (Server is not null && _dataGiven)
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

    /// <summary>The running service that an option or the environment names.</summary>
    public Uri? Server { get; }

    /// <summary>The token that an option or the environment gives.</summary>
    public string? Token { get; }

    /// <summary>Names the RecordHub that the command works on.</summary>
    public string Target => Service?.ToString() ?? Data;

    /// <summary>
    /// Whether a running service was named for this command. What only its machine can do is refused then; who once logged in to
    /// one has not named it.
    /// </summary>
    public bool IsRemote => Server is not null;

    /// <summary>The running service that is worked on: the one that was named, or else that of the login; null: the data folder.</summary>
    public Uri? Service => Server ?? _profile.Value?.Server;

    private static string DefaultData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".recordhub");

    /// <summary>Opens the RecordHub that the options name.</summary>
    /// <param name="files">Whether records will be filed, so that the embedded one needs its pipeline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IRecordHub> OpenAsync(bool files, CancellationToken cancellationToken)
    {
        if (Service is not { } service)
        {
            return await EmbeddedHub.OpenAsync(Data, files, cancellationToken);
        }

        // A token goes to the service that it was given for, and to no other.
        string? token = Token ?? (_profile.Value is { } profile && profile.Server == service ? profile.Token : null);
        return new RemoteHub(service, token ?? throw new CommandException(
            "No token for the service was given.",
            "Give --token, set RECORDHUB_TOKEN or run 'recordhub login'; the service writes its first one to admin.token in its data folder."));
    }

    /// <summary>Opens the RecordHub that the options name for a look that leaves nothing: where no store is, none is made.</summary>
    public async Task<IRecordHub> OpenToLookAsync(CancellationToken cancellationToken)
    {
        if (Service is null && !File.Exists(Data))
        {
            StorageOptions options = RecordHubOptions.Load(Data, new Dictionary<string, string?>()).ToStorage();
            if (DatabaseFile.FindMissing(options) is not null && !await DatabaseFile.HasBlobsAsync(options, cancellationToken))
            {
                return await EmbeddedHub.OpenTrialAsync(Data, cancellationToken);
            }
        }

        return await OpenAsync(files: true, cancellationToken);
    }

    /// <summary>For what would be a wrong comfort of a store that was only made to be asked.</summary>
    /// <exception cref="CommandException">The folder has no store.</exception>
    public async Task RequireStoreAsync(CancellationToken cancellationToken)
    {
        if (IsRemote || File.Exists(Data))
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
