using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>What fails is seen, driven again, and dropped.</summary>
public sealed class FailedItemTests
{
    private static readonly PipelineOptions s_quick = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(1),
        LongestRetry = TimeSpan.FromMilliseconds(5),
        LongestWaitForEngine = TimeSpan.FromMilliseconds(5),
        PollInterval = TimeSpan.FromMilliseconds(20),
        MaxAttempts = 3,
    };

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-failed-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_engine_that_is_away_for_long_makes_nothing_be_given_up()
    {
        await using PipelineHost host = await StartAsync(30, () => new IOException("The disk hiccupped."));

        HeldRecord record = (await host.WaitAsync(await host.AcceptAsync("A letter."))).Single();

        Assert.That(record.Reason, Is.Not.EqualTo(GiveUpStep.Reason));
        Assert.That(await host.Desk.ListAsync(AccessScope.All, default), Is.Empty);
    }

    [Test]
    public async Task What_is_tried_again_is_listed_by_the_type_of_its_error_alone()
    {
        await using PipelineHost host = await StartAsync(
            1, () => new InvalidDataException("Muster^Erika"), s_quick with { FirstRetry = TimeSpan.FromHours(1), LongestRetry = TimeSpan.FromHours(1) });
        ItemId item = await host.AcceptAsync("A letter.");
        FailedEntry failed = await host.FailedAsync();

        Assert.That(
            (failed.Entry.Key, failed.Entry.Attempts, failed.Error), Is.EqualTo((item.ToString(), 1, "InvalidDataException")));
        Assert.That(failed.Next, Is.GreaterThan(failed.Since));

        Assert.That(await host.Desk.RetryAsync(item.ToString(), AccessScope.All, default), Is.EqualTo(1));
        Assert.That((await host.WaitAsync(item)).Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
        Assert.That(await host.Desk.ListAsync(AccessScope.All, default), Is.Empty);
    }

    [Test]
    public async Task What_was_given_up_is_held_and_listed_and_driven_again()
    {
        await using PipelineHost host = await StartAsync(3, () => new InvalidDataException("x"));
        ItemId item = await host.AcceptAsync("A letter.");
        HeldRecord held = (await host.WaitAsync(item)).Single();
        Assert.That((held.State, held.Reason), Is.EqualTo((RecordState.Held, GiveUpStep.Reason)));
        FailedEntry failed = (await host.Desk.ListAsync(AccessScope.All, default)).Single();
        Assert.That((failed.Entry.Attempts, failed.Next), Is.EqualTo((3, (DateTimeOffset?)null)));

        Assert.That(await host.Desk.RetryAsync(null, AccessScope.All, default), Is.EqualTo(1));
        Assert.That((await host.WaitAsync(item)).Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
    }

    [Test]
    public async Task What_is_dropped_is_rejected_with_the_reason_and_another_tenant_neither_sees_nor_drops_it()
    {
        await using PipelineHost host = await StartAsync(int.MaxValue, () => new InvalidDataException("x"));
        ItemId item = await host.AcceptAsync("A letter.");
        await host.WaitAsync(item);
        AccessScope other = AccessScope.Of(Tenant.Parse("other"));
        string key = item.ToString();
        Assert.That(await host.Desk.ListAsync(other, default), Is.Empty);
        Assert.That(await host.Desk.DropAsync(key, "damaged", "c", other, default), Is.InstanceOf<DropOutcome.NotFound>());
        Assert.That(await host.Desk.DropAsync(key, " ", "c", AccessScope.All, default), Is.InstanceOf<DropOutcome.Refused>());

        Assert.That(await host.Desk.DropAsync(key, "damaged", "c", AccessScope.All, default), Is.InstanceOf<DropOutcome.Done>());

        HeldRecord record = (await host.WaitAsync(item)).Single();
        Assert.That((record.State, record.Reason), Is.EqualTo((RecordState.Rejected, "rejected")));
        Assert.That(record.Explanation, Does.Contain("damaged"));
        Assert.That(await host.Desk.ListAsync(AccessScope.All, default), Is.Empty);
    }

    private Task<PipelineHost> StartAsync(int times, Func<Exception> failure, PipelineOptions? options = null) =>
        PipelineHost.StartAsync(_folder, options ?? s_quick, change: services =>
            PipelineHost.Replace(services, inner => new FailingBlobs(inner, times, failure)));
}
