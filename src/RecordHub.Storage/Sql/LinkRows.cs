using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Who speaks for which link between an identifier and a patient.</summary>
internal static partial class LinkRows
{
    /// <summary>Links that nothing but this item speaks for: neither another item nor the case itself.</summary>
    internal static async ValueTask<IReadOnlyList<IdentifierLink>> OwnAsync(Session session, ItemId item)
    {
        List<IdentifierLink> own = [];
        foreach (FiledKey key in await session.QueryAsync(
            """
            SELECT f.kind, f.key FROM filed f WHERE f.item_id = $id AND f.kind = 'link'
              AND NOT EXISTS (SELECT 1 FROM filed o WHERE o.kind = 'link' AND o.key = f.key AND o.item_id <> $id)
            """,
            static row => new FiledKey(row.GetString(0), row.GetString(1)), ("$id", item.Bytes())).ConfigureAwait(false))
        {
            (PatientIdentifier identifier, string patient) = key.ToLink();
            own.AddRange(await session.QueryAsync(
                """
                SELECT because FROM identifier
                WHERE issuer = $issuer AND value = $value AND patient_id = $patient AND because <> 'case'
                """,
                row => new IdentifierLink(identifier, patient, row.GetString(0)),
                ("$issuer", identifier.Issuer), ("$value", identifier.Value), ("$patient", patient)).ConfigureAwait(false));
        }

        return own;
    }

    /// <summary>Links of these identifiers that only items speak for all of whose records are filed for this reason.</summary>
    internal static async ValueTask<IReadOnlyList<IdentifierLink>> OfReasonAsync(
        Session session, IReadOnlyList<PatientIdentifier> identifiers, string reason, Tenant tenant)
    {
        List<IdentifierLink> links = [];
        foreach (PatientIdentifier identifier in identifiers)
        {
            foreach (IdentifierLink link in await session.QueryAsync(
                """
                SELECT patient_id, because FROM identifier
                WHERE tenant = $tenant AND issuer = $issuer AND value = $value AND issuer <> '' AND because <> 'case'
                """,
                row => new IdentifierLink(identifier, row.GetString(0), row.GetString(1)),
                ("$tenant", tenant.ToString()), ("$issuer", identifier.Issuer), ("$value", identifier.Value)).ConfigureAwait(false))
            {
                if (!await session.AnyAsync(
                    """
                    SELECT 1 FROM filed f JOIN record r ON r.item_id = f.item_id
                    WHERE f.kind = 'link' AND f.key = $key AND r.reason <> $reason LIMIT 1
                    """,
                    ("$key", FiledKey.Of(link).Key), ("$reason", reason)).ConfigureAwait(false))
                {
                    links.Add(link);
                }
            }
        }

        return links;
    }
}
