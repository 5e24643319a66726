using System.Buffers;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using RecordHub.Benchmarks.Load;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Benchmarks.Functions;

/// <summary>
/// PDUs of a C-STORE request of 512 KiB taken apart by the acceptor, the data set read to its end and forgotten: what the
/// upper layer costs without a network.
/// </summary>
[MemoryDiagnoser]
public class IntakeBenchmarks : IAssociationHandler
{
    private const int Messages = 16;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private byte[] _conversation = [];

    [GlobalSetup]
    public void MakeMessages()
    {
        InstanceTemplate template = new(512 * 1024, "M1");
        WireMessage message = new(template, 1, 131072);
        _conversation =
        [
            .. AssociateWords.Request("RECORDHUB", InstanceTemplate.SopClass, TransferSyntax.ExplicitLittleEndian.Uid),
            .. Enumerable.Range(1, Messages).SelectMany(number => message.Next(1, number, (ushort)number).ToArray()),
            5, 0, 0, 0, 0, 4, 0, 0, 0, 0,
        ];
    }

    /// <summary>Sixteen messages of 512 KiB on one association.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Receive()
    {
        Pipe outgoing = new(new PipeOptions(pauseWriterThreshold: 0));
        PipeReader incoming = PipeReader.Create(new ReadOnlySequence<byte>(_conversation));
        await AssociationAcceptor.RunAsync(
            new DuplexPipe(incoming, outgoing.Writer), new AcceptorOptions(), this, TimeProvider.System,
            CancellationToken.None);
    }

    public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AssociationDecision.Accept);

    public async ValueTask<StoreResponse> StoreAsync(StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        while (await dataSet.ReadAsync(_buffer, cancellationToken) > 0)
        {
        }

        return StoreResponse.Success;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
