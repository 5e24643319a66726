using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>N-ACTION and N-EVENT-REPORT of storage commitment, from the requestor through the wire to the acceptor.</summary>
[CancelAfter(30_000)]
public sealed class StorageCommitmentTests
{
    private static readonly Uid s_transaction = Uid.Parse("2.25.77");
    private static readonly SopReference s_ct = new(CtImageStorage, Instance);
    private static readonly SopReference s_mr = new(MrImageStorage, Uid.Parse("2.25.8"));

    private static readonly AcceptorOptions s_options = new()
    {
        MaxPduLength = 4096,
        Services = new HashSet<Uid> { WellKnownUids.StorageCommitment },
    };

    [TestCase(10)]
    [TestCase(2000)]
    public async Task A_request_arrives_as_it_was_asked(int references)
    {
        CommitmentRequest asked = new(
            s_transaction, [.. Enumerable.Range(1, references).Select(n => new SopReference(CtImageStorage, Uid.Parse($"2.25.{n}")))]);
        CommitmentRequest? got = null;
        RecordingHandler handler = new()
        {
            OnNormalized = async (request, dataSet, token) =>
            {
                Assert.That((request.SopClassUid, request.SopInstanceUid, request.TypeId), Is.EqualTo(
                    (WellKnownUids.StorageCommitment, WellKnownUids.StorageCommitmentInstance, (ushort?)1)));
                got = StorageCommitment.ReadRequest(
                    await ServiceDataSet.ReadAsync(dataSet, request.Context.TransferSyntax, 1 << 20, token));
                return NormalizedResponse.Success;
            },
        };

        NormalizedResponse answer = await ActAsync(handler, 1, StorageCommitment.ToDataSet(asked));

        Assert.That(answer, Is.EqualTo(NormalizedResponse.Success));
        Assert.That((got?.TransactionUid, got?.References), Is.EqualTo((s_transaction, asked.References)));
    }

    [Test]
    public async Task A_report_arrives_with_what_is_committed_and_what_is_not_and_why()
    {
        EventReport report = StorageCommitment.ToEvent(new CommitmentReport(s_transaction, [s_ct], [(s_mr, 0x0112)]), "RECORDHUB");
        CommitmentReport? got = null;
        string? retrieve = null;
        RecordingHandler handler = new()
        {
            OnNormalized = async (request, dataSet, token) =>
            {
                Assert.That(request.TypeId, Is.EqualTo(2));
                DicomDataSet information = await ServiceDataSet.ReadAsync(dataSet, request.Context.TransferSyntax, 1 << 20, token);
                retrieve = information.GetString(DicomTags.RetrieveAETitle);
                got = StorageCommitment.ReadReport(information);
                return new NormalizedResponse(DimseStatus.ProcessingFailure, "busy");
            },
        };
        await using WirePair pair = await WirePair.OpenAsync(handler, s_options, StorageCommitment.Context(1));

        NormalizedResponse answer = await pair.Requestor.ReportAsync(pair.Requestor.Contexts[0], report, default);

        Assert.That(answer, Is.EqualTo(new NormalizedResponse(DimseStatus.ProcessingFailure, "busy")));
        Assert.That((got?.Committed.Single(), got?.Failed.Single(), retrieve), Is.EqualTo((s_ct, (s_mr, (ushort)0x0112), "RECORDHUB")));
    }

    [Test]
    public void Success_is_event_one_and_has_no_failed_sequence()
    {
        EventReport report = StorageCommitment.ToEvent(new CommitmentReport(s_transaction, [s_ct], []), null);

        Assert.That(report.EventTypeId, Is.EqualTo(1));
        Assert.That(report.DataSet.Contains(DicomTags.FailedSOPSequence), Is.False);
        Assert.That(report.DataSet.Contains(DicomTags.RetrieveAETitle), Is.False);
    }

    [Test]
    public async Task A_node_without_the_service_answers_0211()
    {
        NormalizedResponse answer = await ActAsync(new RecordingHandler(), 1, new DicomDataSet());

        Assert.That(answer.Status, Is.EqualTo(DimseStatus.UnrecognizedOperation));
        Assert.That(answer.Comment, Is.Not.Empty);
    }

    [Test]
    public void A_request_without_what_it_must_have_says_what_is_missing()
    {
        DicomDataSet item = new DicomDataSet().Add(DicomTags.ReferencedSOPClassUID, CtImageStorage);
        DicomDataSet none = new();
        DicomDataSet empty = new DicomDataSet().AddText(DicomTags.TransactionUID, DicomVr.UI, string.Empty);
        DicomDataSet wrong = new DicomDataSet().AddText(DicomTags.TransactionUID, DicomVr.UI, "one");
        DicomDataSet nothing = new DicomDataSet().Add(DicomTags.TransactionUID, s_transaction);
        DicomDataSet noItem = new DicomDataSet().Add(DicomTags.TransactionUID, s_transaction)
            .Add(DicomTags.ReferencedSOPSequence, ReadOnlySpan<DicomDataSet>.Empty);
        DicomDataSet half = new DicomDataSet().Add(DicomTags.TransactionUID, s_transaction)
            .Add(DicomTags.ReferencedSOPSequence, item);

        Assert.That(new[] { none, empty, wrong, nothing, noItem, half }.Select(StatusOf),
            Is.EqualTo(new[] { 0x0120, 0x0121, 0x0115, 0x0120, 0x0121, 0x0120 }));
    }

    [Test]
    public async Task A_data_set_that_is_too_long_or_unreadable_is_refused_and_the_association_lives()
    {
        RecordingHandler handler = new()
        {
            OnNormalized = async (request, dataSet, token) =>
            {
                await ServiceDataSet.ReadAsync(dataSet, request.Context.TransferSyntax, 1000, token);
                return NormalizedResponse.Success;
            },
        };
        await using WirePair pair = await WirePair.OpenAsync(
            handler, s_options, StorageCommitment.Context(1), new PresentationContext(3, Verification, [ImplicitLittle]));
        DicomDataSet large = new DicomDataSet().AddText(DicomTags.ImageComments, DicomVr.LT, new string('x', 5000));

        NormalizedResponse refused = await pair.Requestor.ActAsync(
            pair.Requestor.Contexts[0], WellKnownUids.StorageCommitmentInstance, 1, large, default);

        Assert.That(refused.Status, Is.EqualTo(DimseStatus.ResourceLimitation));
        Assert.That(await pair.Requestor.EchoAsync(default), Is.Zero);
    }

    private static int StatusOf(DicomDataSet information) =>
        Assert.Throws<InstanceException>(() => StorageCommitment.ReadRequest(information))?.Status ?? 0;

    private static async Task<NormalizedResponse> ActAsync(RecordingHandler handler, ushort action, DicomDataSet information)
    {
        await using WirePair pair = await WirePair.OpenAsync(handler, s_options, StorageCommitment.Context(1));
        return await pair.Requestor.ActAsync(
            pair.Requestor.Contexts[0], WellKnownUids.StorageCommitmentInstance, action, information, default);
    }
}
