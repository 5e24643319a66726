using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Memory does not grow with the instance: nothing is allocated for its bytes on either side.</summary>
[NonParallelizable]
[CancelAfter(120_000)]
public sealed class FlatMemoryTests
{
    private const long OneGibibyte = 1L << 30;

    [Test]
    public async Task One_gibibyte_goes_through_in_flat_memory(CancellationToken token)
    {
        DuplexPair pair = new();
        long received = 0;
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, cancel) =>
            {
                byte[] buffer = new byte[128 * 1024];
                int count;
                while ((count = await dataSet.ReadAsync(buffer, cancel)) > 0)
                {
                    received += count;
                }

                return StoreResponse.Success;
            },
        };
        Task<AssociationSummary> accepting = AssociationAcceptor.RunAsync(
            pair.Acceptor, new AcceptorOptions(), handler, TimeProvider.System, token);
        await using AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            pair.Requestor, new RequestorOptions { CallingAeTitle = "A", CalledAeTitle = "B" },
            [new PresentationContext(1, CtImageStorage, [ExplicitLittle])], TimeProvider.System, token);

        // Warm: pools filled, methods compiled.
        await requestor.StoreAsync(requestor.Contexts[0], Instance, new Zeros(1 << 20), token);
        received = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        StoreResponse response = await requestor.StoreAsync(
            requestor.Contexts[0], Instance, new Zeros(OneGibibyte), token);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        await requestor.ReleaseAsync(token);
        await pair.CloseRequestorAsync();
        await accepting;

        Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
        Assert.That(received, Is.EqualTo(OneGibibyte));
        Assert.That(allocated, Is.LessThan(32L << 20));
    }

    /// <summary>So many zeros, made as they are read.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new UnreachableException();

        public override long Position
        {
            get => throw new UnreachableException();
            set => throw new UnreachableException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..count].Clear();
            _left -= count;
            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new UnreachableException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new UnreachableException();

        public override void SetLength(long value) => throw new UnreachableException();

        public override void Write(byte[] buffer, int offset, int count) => throw new UnreachableException();
    }
}
