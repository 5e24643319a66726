using System.Runtime.CompilerServices;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Tests.Shared;

namespace RecordHub.Cli.Tests.Dicom;

/// <summary>What was answered counts, however the association ends; and what ended early is not told as complete.</summary>
[CancelAfter(60_000)]
public sealed class AnsweredTests
{
    [Test]
    public async Task An_echo_that_was_answered_has_succeeded_whatever_becomes_of_the_release([Values] bool aborts)
    {
        await using ListeningNode node = ListeningNode.Start(new AcceptorOptions(), () => new Handler(0));
        await using ReleaseBreaker broken = new(node.Port, aborts);

        CommandRun run = await CommandRun.RunAsync("dicom", "echo", $"127.0.0.1:{broken.Port}");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("answered 0000"));
        Assert.That(run.Error, Does.Contain("did not release the association in order"));
    }

    [Test]
    public async Task What_was_sent_and_answered_is_sent_whatever_becomes_of_the_release([Values] bool aborts)
    {
        await using ListeningNode node = ListeningNode.Start(new AcceptorOptions(), () => new Handler(0));
        await using ReleaseBreaker broken = new(node.Port, aborts);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2").Add(DicomTags.SOPInstanceUID, "2.25.1")));
        try
        {
            CommandRun run = await CommandRun.RunAsync("dicom", "send", $"127.0.0.1:{broken.Port}", file, "--json");

            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Error, Does.Contain("did not release the association in order").And.Not.Contain("\"error\""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task What_was_found_is_found_whatever_becomes_of_the_release([Values] bool aborts)
    {
        await using ListeningNode node = Finding(matches: 2, DimseStatus.Success);
        await using ReleaseBreaker broken = new(node.Port, aborts);

        CommandRun run = await FindAsync(broken.Port);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Error, Does.Contain("2 matches."));
    }

    [TestCase(1, 3)]
    [TestCase(0, 1)]
    public async Task A_search_that_the_peer_cancelled_is_not_complete(int matches, int exitCode)
    {
        await using ListeningNode node = Finding(matches, DimseStatus.Cancelled);

        CommandRun run = await FindAsync(node.Port);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(run.Error, Does.Contain($"{matches} matches.").And.Contain("The peer cancelled the search"));
    }

    [Test]
    public async Task A_search_that_we_cancelled_at_the_limit_is_what_was_asked_for()
    {
        await using ListeningNode node = Finding(1000, DimseStatus.Cancelled);

        CommandRun run = await FindAsync(node.Port, "--limit", "1");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Error, Does.Contain("(limited by --limit)").And.Not.Contain("peer cancelled"));
    }

    private static Task<CommandRun> FindAsync(int port, params string[] options) => CommandRun.RunAsync(
        ["dicom", "find", $"127.0.0.1:{port}", "--level", "STUDY", "-k", "StudyInstanceUID", .. options]);

    private static ListeningNode Finding(int matches, ushort final) => ListeningNode.Start(
        new AcceptorOptions { Services = QueryRetrieveClass.All.Select(one => one.Uid).ToHashSet() },
        () => new Handler(matches, final));

    private sealed class Handler(int matches, ushort final = DimseStatus.Success) : IAssociationHandler
    {
        public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Accept);

        public async ValueTask<StoreResponse> StoreAsync(
            StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
        {
            await dataSet.CopyToAsync(Stream.Null, cancellationToken);
            return StoreResponse.Success;
        }

        public async IAsyncEnumerable<FindMatch> FindAsync(
            QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (int i = 1; i <= matches; i++)
            {
                await Task.Yield();
                yield return new FindMatch(new DicomDataSet()
                    .Add(DicomTags.QueryRetrieveLevel, "STUDY").Add(DicomTags.StudyInstanceUID, $"2.25.{i}"));
            }

            if (final != DimseStatus.Success)
            {
                throw new InstanceException(final, "Enough");
            }
        }
    }
}
