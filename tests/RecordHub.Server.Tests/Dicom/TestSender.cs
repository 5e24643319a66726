using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>A sender: one association for CT images and storage commitment.</summary>
internal sealed class TestSender : IAsyncDisposable
{
    public static readonly Uid CtImage = Uid.Parse("1.2.840.10008.5.1.4.1.1.2");
    public static readonly Uid MrImage = Uid.Parse("1.2.840.10008.5.1.4.1.1.4");

    private readonly TcpPipe _pipe;

    private TestSender(TcpPipe pipe, AssociationRequestor association)
    {
        _pipe = pipe;
        Association = association;
    }

    public AssociationRequestor Association { get; }

    public TcpPipe Connection => _pipe;

    public static async Task<TestSender> OpenAsync(
        int port, CancellationToken token, string calling = "NORTH", string called = "RECORDHUB")
    {
        TcpPipe pipe = await TcpPipe.ConnectAsync(port, token);
        AssociationRequestor association = await AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = calling, CalledAeTitle = called },
            [
                new PresentationContext(1, CtImage, [TransferSyntax.ExplicitLittleEndian.Uid]),
                StorageCommitment.Context(3),
            ],
            TimeProvider.System, token);
        return new TestSender(pipe, association);
    }

    /// <summary>The data set of a CT image of a patient who does not exist.</summary>
    public static DicomDataSet Image(Uid instance, int pixels = 1000) => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, CtImage)
        .Add(DicomTags.SOPInstanceUID, instance)
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("2.25.1"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.1.1"))
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.PatientName, "Verywell^Hidden")
        .Add(DicomTags.PatientID, "SECRET-4711")
        .Add(DicomTags.PixelData, DicomVr.OW, new byte[pixels]);

    public static byte[] Bytes(DicomDataSet dataSet, TransferSyntax? syntax = null)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, syntax ?? TransferSyntax.ExplicitLittleEndian);
        return output.WrittenSpan.ToArray();
    }

    public Task<StoreResponse> StoreAsync(Uid instance, CancellationToken token) =>
        StoreAsync(instance, Bytes(Image(instance)), token);

    public Task<StoreResponse> StoreAsync(Uid instance, byte[] dataSet, CancellationToken token) => Association.StoreAsync(
        Association.Contexts[0], instance, new MemoryStream(dataSet), token);

    /// <summary>Asks for storage commitment of CT images.</summary>
    public Task<NormalizedResponse> CommitAsync(Uid transaction, CancellationToken token, params Uid[] instances) =>
        ActAsync(
            WellKnownUids.StorageCommitmentInstance, StorageCommitment.RequestAction,
            StorageCommitment.ToDataSet(new CommitmentRequest(
                transaction, [.. instances.Select(instance => new SopReference(CtImage, instance))])),
            token);

    public Task<NormalizedResponse> ActAsync(
        Uid sopInstance, ushort action, DicomDataSet information, CancellationToken token) => Association.ActAsync(
        Association.Contexts.Single(context => context.AbstractSyntax == WellKnownUids.StorageCommitment),
        sopInstance, action, information, token);

    public async ValueTask DisposeAsync()
    {
        await Association.DisposeAsync();
        _pipe.Dispose();
    }
}
