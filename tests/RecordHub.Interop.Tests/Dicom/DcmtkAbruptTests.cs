using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Network;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>DCMTK's tools that end out of order: by an abort, by a kill, by asking for what nobody should.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DcmtkAbruptTests : IDisposable
{
    private readonly DcmtkFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Test]
    public async Task Echoscu_that_aborts_instead_of_releasing_is_told_apart_and_the_next_is_served(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        (int exitCode, string output) = await Peer.RunAsync(
            "echoscu", token, "-v", "--abort", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}");
        Assert.That(exitCode, Is.Zero, output);
        (_, string ended) = await host.Log.NextAsync(1002, token);
        Assert.That(ended, Does.Contain(nameof(AssociationEnding.PeerAborted)));

        (exitCode, output) = await Peer.RunAsync("echoscu", token, "-v", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}");
        Assert.That(exitCode, Is.Zero, output);
    }

    [Test]
    public async Task Storescu_that_aborts_has_stored_what_was_answered(CancellationToken token)
    {
        _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        (int exitCode, string output) = await Peer.RunAsync(
            "storescu", token, "-v", "--abort", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}", _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(host.Received, Has.Count.EqualTo(1));
        (_, string ended) = await host.Log.NextAsync(1002, token);
        Assert.That(ended, Does.Contain(nameof(AssociationEnding.PeerAborted)).And.Contain("1 stored"));
    }

    [Test]
    public async Task Termscu_cannot_shut_us_down(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        await Peer.RunAsync("termscu", token, "-v", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}");
        (int exitCode, string output) = await Peer.RunAsync(
            "echoscu", token, "-v", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}");

        Assert.That(exitCode, Is.Zero, output);
    }

    [Test]
    public async Task Storescu_killed_inside_an_instance_leaves_nothing_and_may_send_it_again(CancellationToken token)
    {
        _files.Write("big.dcm", "1.2.840.10008.1.2.1", 1, size: 8_000);
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int whole = 0;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(intake: async (content, _, cancel) =>
        {
            try
            {
                await content.ReadExactlyAsync(new byte[100_000], cancel);
                reading.TrySetResult();
                await killed.Task.WaitAsync(cancel);
                await content.CopyToAsync(Stream.Null, cancel);
                Interlocked.Increment(ref whole);
                return new IntakeOutcome.AlreadyHeld(ItemId.New(TimeProvider.System), default);
            }
            catch (AssociationException e)
            {
                failed.TrySetResult(e);
                throw;
            }
        });
        string[] arguments = ["-v", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}", _files.PathOf("big.dcm")];
        using (Process sender = Peer.Start("storescu", arguments))
        {
            await reading.Task.WaitAsync(token);
            sender.Kill();
            await sender.WaitForExitAsync(token);
        }

        killed.SetResult();
        Assert.That(await failed.Task.WaitAsync(token), Is.InstanceOf<AssociationException>());
        Assert.That(whole, Is.Zero);

        (int exitCode, string output) = await Peer.RunAsync("storescu", token, arguments);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(whole, Is.EqualTo(1));
    }
}
