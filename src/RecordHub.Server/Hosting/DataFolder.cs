using System.Text;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Storage;

namespace RecordHub.Server.Hosting;

/// <summary>What we keep in the data folder beside the store: the first token.</summary>
internal static partial class DataFolder
{
    private const string TokenFile = "admin.token";

    /// <summary>Makes the folder, and finds out whether it can be written to.</summary>
    /// <exception cref="StartRefusedException">It cannot.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            if (File.Exists(folder))
            {
                throw new StartRefusedException($"{folder} is a file: name a folder with --data.");
            }

            PrivateFolder.Create(folder);
            string probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The data folder {folder} cannot be written to: give this user the right to, or name another with --data.",
                refused);
        }
    }

    /// <summary>Makes the administrator's token of an installation that has no token yet.</summary>
    public static async Task CreateFirstTokenAsync(
        string folder, TokenDesk tokens, ILogger logger, CancellationToken cancellationToken)
    {
        if ((await tokens.ListAsync(null, cancellationToken)).Count > 0)
        {
            return;
        }

        NewToken created = await tokens.CreateAsync("administrator", Role.Administrator, [], null, cancellationToken);
        string path = Path.Combine(folder, TokenFile);
        File.Delete(path);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(created.Secret + "\n"));
        Log.TokenCreated(logger, path);
    }

    /// <summary>Says in the log what of the settings may lose records.</summary>
    public static void Warn(RecordHubOptions options, ILogger logger)
    {
        if (!options.FlushesBlobs)
        {
            Log.NotFlushed(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4010, LogLevel.Information, "The administrator's token is in {Path}")]
        public static partial void TokenCreated(ILogger logger, string path);

        [LoggerMessage(4011, LogLevel.Warning, "Blobs:Flush is false: a loss of power may take records that were acknowledged")]
        public static partial void NotFlushed(ILogger logger);
    }
}
