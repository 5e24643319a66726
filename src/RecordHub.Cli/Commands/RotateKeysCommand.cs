using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;
using RecordHub.Storage;
using RecordHub.Storage.Blobs.Encryption;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub blobs rotate-keys</c>.</summary>
internal static class RotateKeysCommand
{
    private const long ShownEvery = 1000;

    public static Command Create()
    {
        Command command = HubCommand.Described(
            "rotate-keys",
            "Wrap the keys of all encrypted blobs in the data folder with Blobs:EncryptionKey, so that the former keys are "
            + "needed no longer. A running service may go on meanwhile; an interrupted run is run again.",
            "blobs rotate-keys --data ./records");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            RecordHubOptions options = RecordHubOptions.Load(context.Data, new Dictionary<string, string?>()) with
            {
                Roles = ServerRoles.None,
            };
            Refuse(context, options);
            await context.RequireStoreAsync(cancellationToken);
            await using RecordHubHost host = await RecordHubHost.StartAsync(options, cancellationToken);
            KeyRotationResult result = await host.Services.GetRequiredService<RecordHubStorage>()
                .RotateKeysAsync(new Progress(context), cancellationToken);
            context.Output.Show(result, HubJson.Default.KeyRotationResult, done => context.Output.Line(
                $"{done.Rewrapped} rewrapped, {done.Current} had the key already, {done.Plain} are not encrypted, "
                + $"{done.Unopened} opened with no configured key."));
            return result.Unopened > 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static void Refuse(CommandContext context, RecordHubOptions options)
    {
        if (context.IsRemote || options.ObjectStore is not null)
        {
            throw new CommandException(
                "Keys are rotated in a folder of blobs.", "Run it with --data on the machine that holds the folder.",
                ExitCodes.Usage);
        }

        if (options.BlobKeys is null)
        {
            throw new CommandException(
                "No key is configured.",
                "Set Blobs:EncryptionKey to the new key and Blobs:FormerEncryptionKeys to the one before.");
        }
    }

    private sealed class Progress(CommandContext context) : IProgress<KeyRotationResult>
    {
        public void Report(KeyRotationResult value)
        {
            long done = value.Rewrapped + value.Current + value.Plain + value.Unopened;
            if (done % ShownEvery == 0)
            {
                context.Output.Note($"{done} blobs looked at");
            }
        }
    }
}
