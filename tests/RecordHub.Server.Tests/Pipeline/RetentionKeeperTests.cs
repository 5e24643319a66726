using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Outbox;
using RecordHub.Core.Retention;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>What is due is purged only when that is configured, and never under a legal hold.</summary>
[CancelAfter(60_000)]
public sealed class RetentionKeeperTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;

    [SetUp]
    public async Task DeclineACaseAsync()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("1");
        ICaseStore cases = Get<ICaseStore>();
        CaseFile file = (await cases.FindAsync(_case, AccessScope.All, CancellationToken.None))!;
        await cases.UpdateAsync(file with { Status = CaseStatus.Declined }, [], CancellationToken.None);
    }

    [TearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [TestCase(11, false, false, 0)]
    [TestCase(9, true, false, 0)]
    [TestCase(11, true, true, 0)]
    [TestCase(11, true, false, 1)]
    public async Task A_case_goes_when_its_days_are_over_and_purging_is_on_and_nothing_holds_it(
        int days, bool purge, bool held, int purged)
    {
        RetentionDesk desk = Desk(days, purge);
        if (held)
        {
            await desk.HoldAsync(_case, "court order", "somebody", AccessScope.All, CancellationToken.None);
        }

        RetentionKeeper keeper = new(
            Get<PurgeDesk>(), desk, Get<IClientStore>(), Get<ILeases>(), TimeProvider.System, NullLogger<RetentionKeeper>.Instance);

        Assert.That(await keeper.RunAsync(CancellationToken.None), Is.EqualTo(purged));
        using HttpResponseMessage task = await _hub.Http.GetAsync($"fhir/Task/{CaseResources.TaskId(_case)}");
        Assert.That(task.StatusCode, Is.EqualTo(purged == 1 ? HttpStatusCode.Gone : HttpStatusCode.OK));
    }

    private RetentionDesk Desk(int days, bool purge) => new(
        Get<ICaseStore>(), Get<IRetentionStore>(), new RetentionRules { DaysDeclined = 10, Purge = purge },
        new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(days)));

    private T Get<T>()
        where T : notnull => _hub.Services.GetRequiredService<T>();
}
