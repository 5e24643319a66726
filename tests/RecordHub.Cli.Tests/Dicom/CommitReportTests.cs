using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Tests.Shared;

namespace RecordHub.Cli.Tests.Dicom;

/// <summary><c>dicom commit</c> and the reports that a peer sends on its association.</summary>
[CancelAfter(60_000)]
public sealed class CommitReportTests
{
    [Test]
    public async Task A_report_of_another_transaction_is_not_confirmed_and_ours_is_waited_for()
    {
        Handler handler = new();
        await using ListeningNode node = ListeningNode.Start(
            new AcceptorOptions { Services = new HashSet<Uid> { WellKnownUids.StorageCommitment } }, () => handler);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2").Add(DicomTags.SOPInstanceUID, "2.25.1")));
        try
        {
            CommandRun run = await CommandRun.RunAsync("dicom", "commit", $"127.0.0.1:{node.Port}", "--wait", "20", file);

            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(
                await handler.Answers.Task, Is.EqualTo(new ushort?[] { DimseStatus.InvalidArgumentValue, 0x0120, DimseStatus.Success }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class Handler : IAssociationHandler
    {
        private EventReporter? _reporter;

        /// <summary>What the three reports were answered with.</summary>
        public TaskCompletionSource<ushort?[]> Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Accept);

        public ValueTask OpenedAsync(EventReporter reporter, CancellationToken cancellationToken)
        {
            _reporter = reporter;
            return ValueTask.CompletedTask;
        }

        public ValueTask<StoreResponse> StoreAsync(
            StoreRequest request, Stream dataSet, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new StoreResponse(DimseStatus.SopClassNotSupported));

        public async ValueTask<NormalizedResponse> ActionAsync(
            NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken)
        {
            CommitmentRequest asked = StorageCommitment.ReadRequest(
                await ServiceDataSet.ReadAsync(dataSet, request.Context.TransferSyntax, 1 << 20, cancellationToken));
            _ = ReportAsync(asked);
            return NormalizedResponse.Success;
        }

        private async Task ReportAsync(CommitmentRequest asked)
        {
            CommitmentReport ours = new(asked.TransactionUid, asked.References, []);
            EventReport report = StorageCommitment.ToEvent(ours, null);
            List<ushort?> answers = [];
            foreach (EventReport each in (EventReport[])
                [
                    StorageCommitment.ToEvent(ours with { TransactionUid = Uid.Parse("2.25.99") }, null),
                    report with { DataSet = new DicomDataSet().Add(DicomTags.RetrieveAETitle, "NODE") },
                    report,
                ])
            {
                answers.Add(await _reporter!.ReportAsync(each, TimeSpan.Zero, CancellationToken.None));
            }

            Answers.SetResult([.. answers]);
        }
    }
}
