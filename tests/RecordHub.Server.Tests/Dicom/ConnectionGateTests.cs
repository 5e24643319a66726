using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Server.Dicom;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Connections that were asked to make room, and do not.</summary>
[CancelAfter(60_000)]
public sealed class ConnectionGateTests
{
    [Test]
    public async Task Those_that_were_told_and_do_not_leave_are_cut_off_when_all_together_are_too_many(CancellationToken token)
    {
        // The clock stands still: nobody goes because a time is over.
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            options => options with
            {
                MaxAssociations = 5,
                DicomLimits = new DicomLimits { MaxWaiting = 10, MaxWaitingPerAddress = 10 },
            },
            time: new FakeTimeProvider());
        List<RawPeer> silent = [];
        try
        {
            for (int i = 0; i < 40; i++)
            {
                silent.Add(await RawPeer.ConnectAsync(host.Port, token));
            }

            int gone = 0;
            await foreach (Task end in Task.WhenEach(silent.Take(39).Select(peer => EndAsync(peer, token))))
            {
                await end;
                if (++gone == 25)
                {
                    break;
                }
            }

            await silent[^1].SendAsync((byte[])[.. Associate(), .. Release], token);
            Assert.That(await silent[^1].ReadLastWordAsync(token), Is.EqualTo(Pdu(6, [0, 0, 0, 0])), "the last one may ask");
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    private static async Task EndAsync(RawPeer peer, CancellationToken token)
    {
        try
        {
            while (await peer.ReadAsync(token) is not null)
            {
                // What it is told before.
            }
        }
        catch (SocketException)
        {
            // Cut off.
        }
    }
}
