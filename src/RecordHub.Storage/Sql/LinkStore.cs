using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Links;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>What speaks for links, and what people decided on them.</summary>
internal sealed class LinkStore(Database database) : ILinkStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<KnownLink>> ListAsync(string patientId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => LinkRows.ListAsync(session, patientId), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ItemId>?> DecideAsync(LinkDecision decision, CancellationToken cancellationToken) =>
        database.WriteAsync(session => DecideAsync(session, decision), cancellationToken);

    private static async ValueTask<IReadOnlyList<ItemId>?> DecideAsync(Session session, LinkDecision decision)
    {
        FiledKey key = FiledKey.Of(new IdentifierLink(decision.Identifier, decision.PatientId, string.Empty));
        session.Lock(key.Locks);
        LinkDecision? latest = (await LinkRows.DecisionsAsync(session, decision.PatientId).ConfigureAwait(false))
            .FirstOrDefault(one => one.Identifier == decision.Identifier);
        string? because = decision.IsTakenBack
            ? await LinkRows.BecauseAsync(session, decision).ConfigureAwait(false)
            : latest is { IsTakenBack: true } ? await LinkRows.FormerlyAsync(session, decision).ConfigureAwait(false) : null;
        if (because is null)
        {
            return null;
        }

        LinkRows.Save(session, decision, because);
        if (decision.IsTakenBack)
        {
            LinkRows.Remove(session, decision, key);
        }
        else if (because == "case" && await CaseRows.MayLinkAsync(
            session, decision.Identifier, decision.PatientId, decision.Tenant).ConfigureAwait(false))
        {
            await CaseRows.LinkAsync(
                session, new IdentifierLink(decision.Identifier, decision.PatientId, because), decision.Tenant).ConfigureAwait(false);
        }

        long now = decision.At.ToUnixTimeMilliseconds();
        List<ItemId> items = await RecordKeyRows.FindCarriersAsync(
            session, [decision.Identifier], decision.Tenant, alsoFiled: true).ConfigureAwait(false);
        foreach (ItemId item in items)
        {
            OutboxRows.Ask(session, OutboxTopic.Item, item.ToString(), now);
        }

        if (await CaseRows.ReadPatientAsync(session, decision.PatientId).ConfigureAwait(false) is { } patient)
        {
            await ResourceWrite.SaveAsync(session, [CaseResources.Patient(patient)], [], now).ConfigureAwait(false);
            ResourceWrite.ForgetHistory(session, "Patient", decision.PatientId);
        }

        return items;
    }
}
