using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Server.Hosting;

namespace RecordHub.Interop.Tests.Operations;

/// <summary>A purge that ended with its process, after any step or within one, ends the same when it is asked for again.</summary>
[CancelAfter(300_000)]
[NonParallelizable]
public sealed class InterruptedPurgeTests
{
    private string _folder = string.Empty;
    private string _data = string.Empty;

    [OneTimeSetUp]
    public async Task FileAsync()
    {
        _folder = Directory.CreateTempSubdirectory("purge-steps-").FullName;
        _data = Path.Combine(_folder, "data");
        PurgeCase sample = new(_folder);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_data, CancellationToken.None);
        await sample.FileAsync(hub, CancellationToken.None);
        await PurgeCase.RejectHeldAsync(hub, CancellationToken.None);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_ends_the_same_whatever_it_was_interrupted_after(
        [Values(0, 1, 2, 3)] int steps, [Values] bool within, CancellationToken token)
    {
        string copy = Copy(_data, Path.Combine(_folder, $"after-{steps}-{within}"));
        await using (RecordHubHost host = await OpenAsync(copy, token))
        {
            ICasePurges purges = host.Services.GetRequiredService<ICasePurges>();
            await purges.BeginAsync(new PurgeRequest(new CaseNumber(1), "the first time", "somebody"), token);
            for (int step = 0; step < steps; step++)
            {
                await purges.StepAsync(new CaseNumber(1), token);
            }

            if (within)
            {
                await InterruptAsync(purges);
            }
        }

        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "purge", "1", "--reason", "the second time", "--confirm", "1", "--data", copy, "--json");
        Assert.That(exitCode, Is.Zero, output + error);
        JsonElement certificate = JsonDocument.Parse(output).RootElement;
        Assert.That(certificate.GetProperty("reason").GetString(), Is.EqualTo("the first time"));
        Assert.That(certificate.GetProperty("removed").GetProperty("instances").GetInt64(), Is.EqualTo(63));
        Assert.That(certificate.GetProperty("removed").GetProperty("items").GetInt64(), Is.EqualTo(72));
        Assert.That(
            certificate.GetProperty("blobs").EnumerateArray().Select(blob => blob.GetProperty("outcome").GetString()),
            Is.EqualTo(Enumerable.Repeat("removed", 86)));
        Assert.That(PurgeCase.FilesWithBytes(Path.Combine(copy, "blobs")), Is.Empty);
    }

    private static Task<RecordHubHost> OpenAsync(string data, CancellationToken token) => RecordHubHost.StartAsync(
        RecordHubOptions.Load(data, new Dictionary<string, string?>()) with { Roles = ServerRoles.None }, token,
        static logging => logging.ClearProviders());

    // Somewhere within the next step: wherever that is, it must end the same.
    private static async Task InterruptAsync(ICasePurges purges)
    {
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(3));
        try
        {
            await purges.StepAsync(new CaseNumber(1), soon.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was meant.
        }
    }

    private static string Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
