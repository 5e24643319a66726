using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;
using RecordHub.Storage;
using RecordHub.Storage.Backups;

namespace RecordHub.Cli.Commands;

/// <summary>What backup and restore have in common: a store that is not opened, progress, and the end.</summary>
internal static class BackupStore
{
    private const long ShownEvery = 1000;

    /// <summary>Runs with the services of the store in the data folder, which is neither opened nor made.</summary>
    public static async Task<int> RunAsync(
        CommandContext context, Func<IServiceProvider, IProgress<BackupProgress>, Task<BackupResult>> work, string done)
    {
        if (context.IsRemote)
        {
            throw new CommandException(
                "This works on a store, not through a service.", "Run it with --data on a machine that has the settings.",
                ExitCodes.Usage);
        }

        if (File.Exists(context.Data))
        {
            throw new CommandException($"{context.Data} is a file.", "Name a folder with --data.");
        }

        RecordHubOptions options = RecordHubOptions.Load(context.Data, new Dictionary<string, string?>());
        await using ServiceProvider services =
            new ServiceCollection().AddRecordHubStorage(options.ToStorage()).BuildServiceProvider();
        return await ShowAsync(context, progress => work(services, progress), done);
    }

    public static async Task<int> ShowAsync(
        CommandContext context, Func<IProgress<BackupProgress>, Task<BackupResult>> work, string done)
    {
        try
        {
            BackupResult result = await work(new Progress(context));
            context.Output.Show(result, HubJson.Default.BackupResult, shown =>
            {
                foreach (string problem in shown.Problems)
                {
                    context.Output.Line(problem);
                }

                context.Output.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(shown.Problems.Count == 0 ? done : "Not whole")}: {shown.Snapshot}"));
                context.Output.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {shown.Rows} rows, {shown.Blobs} blobs of {shown.BlobBytes} bytes, {shown.Copied} of them copied now"));
            });
            return result.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (BackupException failed)
        {
            throw new CommandException(failed.Message, failed.Advice);
        }
        catch (StorageUnavailableException unavailable)
        {
            throw new CommandException("The database cannot be used.", unavailable.Message);
        }
    }

    private sealed class Progress(CommandContext context) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
            if (value.Blobs % ShownEvery == 0)
            {
                context.Output.Note($"{value.Blobs} of {value.Of} blobs");
            }
        }
    }
}
