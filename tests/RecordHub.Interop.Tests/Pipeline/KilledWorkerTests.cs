using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Pipeline;

namespace RecordHub.Interop.Tests.Pipeline;

/// <summary>Worker processes over a real RabbitMQ: killed in the middle of the work, and stopped in order.</summary>
[CancelAfter(300_000)]
[NonParallelizable]
public sealed class KilledWorkerTests
{
    private const int Items = 400;
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder()
    {
        RabbitPeer.Require();
        _folder = Directory.CreateTempSubdirectory("killed-worker-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task What_a_killed_worker_had_is_done_by_the_other_within_half_a_minute_and_a_stop_is_clean(
        CancellationToken token)
    {
        await using RabbitPeer rabbit = new();
        await rabbit.UpAsync(token);
        await using PipelineHost door = await PipelineHost.StartAsync(
            _folder, new PipelineOptions { BrokerUri = rabbit.Uri }, worker: false);
        using Process first = await StartWorkerAsync(rabbit, token);
        using Process second = await StartWorkerAsync(rabbit, token);
        ItemId[] items = await Task.WhenAll(
            Enumerable.Range(0, Items).Select(n => door.AcceptAsync($"A letter, number {n}.")));

        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (await door.Outbox.CountAsync(token) > Items * 3 / 4)
        {
            await timer.WaitForNextTickAsync(token);
        }

        first.Kill(); // SIGKILL.
        long killed = Stopwatch.GetTimestamp();
        Assert.That(await door.Outbox.CountAsync(token), Is.Positive, "it was killed in the middle of the work");
        Assert.That(await door.Waiter.WaitUntilIdleAsync(s_patience, token), Is.True);
        Assert.That(Stopwatch.GetElapsedTime(killed), Is.LessThan(s_recovery));
        foreach (ItemId item in items)
        {
            IReadOnlyList<HeldRecord> records = await door.Waiter.WaitAsync(item, s_patience, token);
            Assert.That(records.Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
        }

        Task<string> log = second.StandardError.ReadToEndAsync(token);
        using Process stop = Process.Start("/bin/kill", ["-TERM", $"{second.Id}"]);
        await second.WaitForExitAsync(token);
        Assert.That(second.ExitCode, Is.Zero);
        Assert.That(await log, Does.Not.Contain("fail:").And.Not.Contain("crit:"));
    }

    private async Task<Process> StartWorkerAsync(RabbitPeer rabbit, CancellationToken token)
    {
        ProcessStartInfo start = new("dotnet", [CommandFile(), "serve", "--data", _folder, "--roles", "worker"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RECORDHUB__Broker__Uri"] = rabbit.Uri.ToString() },
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("It did not start.");
        Assert.That(await process.StandardOutput.ReadLineAsync(token), Does.StartWith("ready"));
        return process;
    }

    private static string CommandFile() => Path.Combine(AppContext.BaseDirectory, "recordhub.dll");
}
