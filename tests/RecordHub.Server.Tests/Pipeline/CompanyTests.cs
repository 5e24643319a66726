using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>One that cannot be processed is given up by itself: those that were handed out with it are not.</summary>
public sealed class CompanyTests
{
    private const int Letters = 40;

    private static readonly PipelineOptions s_quick = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(1),
        LongestRetry = TimeSpan.FromMilliseconds(5),
        PollInterval = TimeSpan.FromMilliseconds(20),
        MaxAttempts = 3,
    };

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-company-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Only_the_one_that_fails_is_given_up()
    {
        List<ItemId> items = [];
        ContentHash poison = ContentHash.FromDigest(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("Letter 17.")));
        await using (PipelineHost door = await PipelineHost.StartAsync(_folder, s_quick, worker: false))
        {
            for (int i = 0; i < Letters; i++)
            {
                items.Add(await door.AcceptAsync($"Letter {i}."));
            }
        }

        int opened = 0;
        await using PipelineHost worker = await PipelineHost.StartAsync(_folder, s_quick, change: services =>
            PipelineHost.Replace(services, inner => new PoisonBlobs(inner, poison, () => Interlocked.Increment(ref opened))));
        List<string> reasons = [];
        foreach (ItemId item in items)
        {
            reasons.Add((await worker.WaitAsync(item)).Single().Reason);
        }

        Assert.That(reasons.Count(reason => reason == GiveUpStep.Reason), Is.EqualTo(1));
        Assert.That(reasons[17], Is.EqualTo(GiveUpStep.Reason));
        FailedEntry failed = (await worker.Desk.ListAsync(AccessScope.All, default)).Single();
        Assert.That((failed.Entry.Key, failed.Entry.Attempts), Is.EqualTo((items[17].ToString(), s_quick.MaxAttempts)));

        // Once in company, and then by itself as often as is allowed.
        Assert.That(opened, Is.EqualTo(1 + s_quick.MaxAttempts));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Each_who_waits_is_told_of_its_own_item_without_looking_again()
    {
        ContentHash poison = ContentHash.FromDigest(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("Letter 17.")));
        await using PipelineHost host = await PipelineHost.StartAsync(
            _folder, s_quick with { PollInterval = TimeSpan.FromHours(1) }, change: services =>
                PipelineHost.Replace(services, inner => new PoisonBlobs(inner, poison, static () => { })));

        ItemId[] items = await Task.WhenAll(Enumerable.Range(0, Letters).Select(i => host.AcceptAsync($"Letter {i}.")));
        IReadOnlyList<HeldRecord>[] found = await Task.WhenAll(
            items.Where((_, i) => i != 17).Select(host.WaitAsync));

        Assert.That(found.Select(records => records.Single().Id.Item), Is.EqualTo(items.Where((_, i) => i != 17)));
        Assert.That(found.Select(records => records.Single().Reason), Has.None.EqualTo(GiveUpStep.Reason));
    }

    private sealed class PoisonBlobs(IBlobStore inner, ContentHash poison, Action opened) : ReadingBlobs(inner)
    {
        public override Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
        {
            if (hash == poison)
            {
                opened();
                throw new InvalidDataException("x");
            }

            return base.OpenAsync(hash, offset, cancellationToken);
        }
    }
}
