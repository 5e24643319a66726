using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Links;

namespace RecordHub.Storage.Sql;

/// <content>What people decided on links, and how links look to them.</content>
internal static partial class LinkRows
{
    private const int MostSpeakers = 5;

    /// <summary>Whether a person has said that the identifier is not the patient's.</summary>
    internal static async ValueTask<bool> IsTakenBackAsync(Session session, IdentifierLink link, Tenant tenant) =>
        (await TakenBackAsync(session, [link.Identifier], tenant).ConfigureAwait(false)).Any(one => one.PatientId == link.PatientId);

    /// <summary>Links of these identifiers that a person took back.</summary>
    internal static async ValueTask<IReadOnlyList<IdentifierLink>> TakenBackAsync(
        Session session, IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant)
    {
        List<IdentifierLink> links = [];
        foreach (PatientIdentifier identifier in identifiers)
        {
            links.AddRange(await session.QueryAsync(
                """
                SELECT d.patient_id, d.decided_by FROM link_decision d
                WHERE d.tenant = $tenant AND d.issuer = $issuer AND d.value = $value AND d.taken_back = 1
                  AND NOT EXISTS (SELECT 1 FROM link_decision l WHERE l.tenant = d.tenant AND l.issuer = d.issuer
                    AND l.value = d.value AND l.patient_id = d.patient_id AND l.seq > d.seq)
                """,
                row => new IdentifierLink(identifier, row.GetString(0), row.GetString(1)),
                ("$tenant", tenant.ToString()), ("$issuer", identifier.Issuer), ("$value", identifier.Value)).ConfigureAwait(false));
        }

        return links;
    }

    /// <summary>How the link came to be; null when there is none.</summary>
    internal static ValueTask<string?> BecauseAsync(Session session, LinkDecision decision) => session.FirstAsync(
        "SELECT because FROM identifier WHERE issuer = $issuer AND value = $value AND patient_id = $patient",
        static row => row.GetString(0), Names(decision));

    /// <summary>How the link that was taken back had come to be.</summary>
    internal static ValueTask<string?> FormerlyAsync(Session session, LinkDecision decision) => session.FirstAsync(
        """
        SELECT because FROM link_decision WHERE issuer = $issuer AND value = $value AND patient_id = $patient
        ORDER BY seq DESC LIMIT 1
        """,
        static row => row.GetString(0), Names(decision));

    internal static void Save(Session session, LinkDecision decision, string because) => session.Write(
        """
        INSERT INTO link_decision (tenant, issuer, value, patient_id, because, taken_back, reason, decided_by, decided_at)
        VALUES ($tenant, $issuer, $value, $patient, $because, $back, $reason, $by, $at)
        """,
        [
            .. Names(decision), ("$tenant", decision.Tenant.ToString()), ("$because", because),
            ("$back", decision.IsTakenBack ? 1L : 0L), ("$reason", decision.Reason), ("$by", decision.By),
            ("$at", decision.At.ToUnixTimeMilliseconds()),
        ]);

    /// <summary>Removes the link, and all that speaks for it.</summary>
    internal static void Remove(Session session, LinkDecision decision, FiledKey key)
    {
        session.Write("DELETE FROM filed WHERE kind = 'link' AND key = $key", ("$key", key.Key));
        session.Write(
            "DELETE FROM identifier WHERE issuer = $issuer AND value = $value AND patient_id = $patient", Names(decision));
    }

    /// <summary>All decisions on a patient's links, latest first.</summary>
    internal static ValueTask<List<LinkDecision>> DecisionsAsync(Session session, string patientId) => session.QueryAsync(
        """
        SELECT issuer, value, tenant, taken_back, reason, decided_by, decided_at FROM link_decision
        WHERE patient_id = $patient ORDER BY seq DESC
        """,
        row => new LinkDecision
        {
            Identifier = new PatientIdentifier(row.GetString(0), row.GetString(1)),
            PatientId = patientId,
            Tenant = Tenant.Parse(row.GetString(2)),
            IsTakenBack = row.GetInt64(3) != 0,
            Reason = row.GetString(4),
            By = row.GetString(5),
            At = row.GetTime(6),
        },
        ("$patient", patientId));

    /// <summary>A patient's links, those that were taken back too.</summary>
    internal static async ValueTask<IReadOnlyList<KnownLink>> ListAsync(Session session, string patientId)
    {
        ILookup<PatientIdentifier, LinkDecision> decisions =
            (await DecisionsAsync(session, patientId).ConfigureAwait(false)).ToLookup(one => one.Identifier);
        DateTimeOffset opened = await session.FirstAsync(
            "SELECT created_at FROM case_file WHERE patient_id = $patient ORDER BY number LIMIT 1",
            static row => row.GetTime(0), ("$patient", patientId)).ConfigureAwait(false);
        List<(PatientIdentifier Identifier, string Because)> current = await session.QueryAsync(
            "SELECT issuer, value, because FROM identifier WHERE patient_id = $patient",
            static row => (new PatientIdentifier(row.GetString(0), row.GetString(1)), row.GetString(2)), ("$patient", patientId))
            .ConfigureAwait(false);
        List<KnownLink> links = [];
        foreach ((PatientIdentifier identifier, string because) in current.Concat(decisions
            .Where(one => !current.Exists(link => link.Identifier == one.Key)).Select(one => (one.Key, "taken back"))))
        {
            string key = FiledKey.Of(new IdentifierLink(identifier, patientId, because)).Key;
            List<LinkSpeaker> speakers = await SpeakersAsync(session, key).ConfigureAwait(false);
            links.Add(new KnownLink
            {
                Identifier = identifier,
                Because = because,
                Since = because != "case" && speakers is [LinkSpeaker first, ..] ? first.At
                    : decisions[identifier].FirstOrDefault()?.At ?? opened,
                Items = (int)await session.NumberAsync(
                    "SELECT COUNT(*) FROM filed WHERE kind = 'link' AND key = $key", ("$key", key)).ConfigureAwait(false),
                Speakers = speakers,
                Decisions = [.. decisions[identifier]],
            });
        }

        return [.. links.OrderBy(link => link.Identifier.Issuer, StringComparer.Ordinal)
            .ThenBy(link => link.Identifier.Value, StringComparer.Ordinal)];
    }

    private static ValueTask<List<LinkSpeaker>> SpeakersAsync(Session session, string key) => session.QueryAsync(
        $"""
        SELECT r.item_id, r.part, r.reason, i.received_at, i.source, d.decided_by, d.decided_at
        FROM filed f JOIN item i ON i.id = f.item_id JOIN record r ON r.item_id = f.item_id AND r.state = 'Filed'
        LEFT JOIN decision d ON r.reason = 'assigned' AND d.seq = (SELECT MAX(l.seq) FROM decision l
          WHERE l.item_id = r.item_id AND l.part = r.part)
        WHERE f.kind = 'link' AND f.key = $key ORDER BY r.item_id, r.part LIMIT {MostSpeakers}
        """,
        ToSpeaker, ("$key", key));

    private static LinkSpeaker ToSpeaker(Row row)
    {
        Source source = StoredJson.ToSource(row.GetString(4));
        return new LinkSpeaker(
            new RecordId(row.GetItemId(0), row.GetInt32(1)), row.GetString(2),
            row.GetText(5) ?? source.Site ?? source.Sender ?? source.Door.ToString(), row.GetTime(row.IsNull(6) ? 3 : 6));
    }

    private static (string Name, SqlValue Value)[] Names(LinkDecision decision) =>
    [
        ("$issuer", decision.Identifier.Issuer), ("$value", decision.Identifier.Value), ("$patient", decision.PatientId),
    ];
}
