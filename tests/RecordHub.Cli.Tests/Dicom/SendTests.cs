using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Tests.Shared;

namespace RecordHub.Cli.Tests.Dicom;

/// <summary><c>dicom send</c> and <c>dicom commit</c> against a node that answers whatever it is told to.</summary>
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SendTests : IDisposable
{
    private const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-send-").FullName;
    private readonly ConcurrentQueue<Func<StoreResponse>> _answers = new();
    private readonly ConcurrentQueue<string> _received = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Each_class_of_status_has_its_outcome_its_line_and_its_exit_code()
    {
        Answer(new StoreResponse(DimseStatus.Success));
        Answer(new StoreResponse(DimseStatus.ElementsDiscarded, "Overlays dropped"));
        Answer(new StoreResponse(DimseStatus.CannotUnderstand, "No study here"));
        await using ListeningNode node = Start();

        CommandRun run = await SendAsync(node, 3);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("2.dcm: B006 Overlays dropped").And.Contain("3.dcm: C000 No study here"));
        Assert.That(run.Output, Does.EndWith("2 stored by the peer, 1 of them with a warning, 1 refused.\n"));
    }

    [Test]
    public async Task A_peer_without_room_is_sent_nothing_more_and_the_operator_is_told_what_to_do()
    {
        Answer(StoreResponse.Success);
        Answer(new StoreResponse(DimseStatus.OutOfResources, "Disk is full"));
        await using ListeningNode node = Start();

        CommandRun run = await SendAsync(node, 4);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(_received, Has.Count.EqualTo(2), "nothing is retried, nothing more is sent");
        Assert.That(run.Output, Does.Contain("1 stored by the peer, 1 refused, 2 not sent."));
        Assert.That(run.Error, Does.Contain("A700 Disk is full").And.Contain("Make room there"));
    }

    [Test]
    public async Task An_abort_in_the_middle_says_what_was_sent_and_what_was_not_and_the_journal_goes_on_there()
    {
        Answer(StoreResponse.Success);
        _answers.Enqueue(() => throw new AssociationException(AbortReason.NotSpecified));
        await using ListeningNode node = Start();
        string journal = Path.Combine(_folder, "sent.journal");

        CommandRun cut = await SendAsync(node, 4, "--journal", journal, "--json");

        Assert.That(Outcomes(cut), Is.EqualTo(new[] { "stored", "unanswered", "unsent", "unsent" }), cut.ToString());
        Assert.That(cut.ExitCode, Is.EqualTo(3));
        Assert.That(cut.Error, Does.Contain("The association ended"));

        CommandRun rest = await SendAsync(node, 4, "--journal", journal, "--json");

        Assert.That(Outcomes(rest), Is.EqualTo(new[] { "stored-before", "stored", "stored", "stored" }), rest.ToString());
        Assert.That(rest.ExitCode, Is.Zero);
        Assert.That(_received, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Nobody_there_is_all_unsent()
    {
        int port;
        await using (ListeningNode node = Start())
        {
            port = node.Port;
        }

        CommandRun run = await CommandRun.RunAsync(["dicom", "send", $"127.0.0.1:{port}", .. Files(2)]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("0 stored by the peer, 2 not sent."));
        Assert.That(run.Error, Does.Contain("does not answer"));
    }

    [Test]
    public async Task A_peer_without_storage_commitment_and_one_that_never_reports_are_told_apart()
    {
        await using ListeningNode without = Start();
        CommandRun refused = await CommandRun.RunAsync(["dicom", "commit", $"127.0.0.1:{without.Port}", .. Files(1)]);
        await using ListeningNode silent = Start(new HashSet<Uid> { WellKnownUids.StorageCommitment });
        CommandRun waited = await CommandRun.RunAsync(
            ["dicom", "commit", $"127.0.0.1:{silent.Port}", "--wait", "1", .. Files(1)]);

        Assert.That((refused.ExitCode, waited.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(refused.Error, Does.Contain("does not serve storage commitment"));
        Assert.That(waited.Error, Does.Contain("no report on this association within 1 s"));
    }

    private static string[] Outcomes(CommandRun run) =>
    [
        .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .OrderBy(line => line.GetProperty("path").GetString(), StringComparer.Ordinal)
            .Select(line => line.GetProperty("outcome").GetString()!),
    ];

    private void Answer(StoreResponse response) => _answers.Enqueue(() => response);

    private ListeningNode Start(IReadOnlySet<Uid>? services = null) =>
        ListeningNode.Start(new AcceptorOptions { Services = services ?? new HashSet<Uid>() }, () => new Handler(this));

    private Task<CommandRun> SendAsync(ListeningNode node, int files, params string[] options) =>
        CommandRun.RunAsync(["dicom", "send", $"127.0.0.1:{node.Port}", .. Files(files), .. options]);

    private string[] Files(int count)
    {
        string[] paths = [.. Enumerable.Range(1, count).Select(n => Path.Combine(_folder, $"{n}.dcm"))];
        for (int n = 1; n <= count; n++)
        {
            if (!File.Exists(paths[n - 1]))
            {
                File.WriteAllBytes(paths[n - 1], DicomFileWriter.ToBytes(new DicomDataSet()
                    .Add(DicomTags.SOPClassUID, CtImage)
                    .Add(DicomTags.SOPInstanceUID, $"2.25.{n.ToString(CultureInfo.InvariantCulture)}")));
            }
        }

        return paths;
    }

    private sealed class Handler(SendTests test) : IAssociationHandler
    {
        public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Accept);

        public async ValueTask<StoreResponse> StoreAsync(
            StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
        {
            await dataSet.CopyToAsync(Stream.Null, cancellationToken);
            test._received.Enqueue(request.SopInstanceUid.ToString());
            return test._answers.TryDequeue(out Func<StoreResponse>? answer) ? answer() : StoreResponse.Success;
        }

        public ValueTask<NormalizedResponse> ActionAsync(
            NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
            ValueTask.FromResult(NormalizedResponse.Success);
    }
}
