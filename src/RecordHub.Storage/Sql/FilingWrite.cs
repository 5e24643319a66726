using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Saves filings inside a transaction: what each item says now takes the place of what it said before. What is asked of
/// the database is asked once for all of them.
/// </summary>
internal sealed class FilingWrite(Session session, IReadOnlyList<FilingInHand> filings, long now, long studyDelay)
{
    private readonly HashSet<StudyKey> _studies = [];
    private readonly HashSet<StudyKey> _poorerStudies = [];
    private readonly HashSet<string> _richer = [];
    private readonly HashSet<string> _poorer = [];

    internal async ValueTask<IReadOnlyList<FilingChange?>> SaveAsync()
    {
        List<FilingInHand> open = await ReadAsync().ConfigureAwait(false);
        session.Lock(open.SelectMany(one => one.Locks).Distinct(StringComparer.Ordinal));
        open = await WithoutOutdatedAsync(open).ConfigureAwait(false);
        if (open.Count > 0)
        {
            await SaveAsync(open).ConfigureAwait(false);
        }

        HashSet<FilingInHand> saved = [.. open];
        return [.. filings.Select(one => saved.Contains(one) ? one.Change : null)];
    }

    /// <summary>Those whose items are as they were when they were read, with what these have filed before.</summary>
    private async ValueTask<List<FilingInHand>> ReadAsync()
    {
        Dictionary<ItemId, (long Revision, Tenant Tenant)> items = (await session.QueryAsync(
            $"""
            SELECT id, revision, tenant FROM item WHERE {session.Dialect.InBytes("id", "$ids")}
            ORDER BY id{session.Dialect.RowLock}
            """,
            static row => (Id: row.GetItemId(0), Revision: row.GetInt64(1), Tenant: Tenant.Parse(row.GetString(2))),
            ("$ids", session.Dialect.List(filings.Select(one => one.Item)))).ConfigureAwait(false))
            .ToDictionary(row => row.Id, row => (row.Revision, row.Tenant));
        List<FilingInHand> open =
        [
            .. filings.Where(one => items.TryGetValue(one.Filing.Item, out (long Revision, Tenant Tenant) item)
                && item.Revision == one.Filing.ExpectedRevision).DistinctBy(one => one.Filing.Item),
        ];
        open.ForEach(one => one.Begin(items[one.Filing.Item].Tenant));
        Dictionary<ItemId, FilingInHand> again =
            open.Where(one => one.Filing.ExpectedRevision > 1).ToDictionary(one => one.Filing.Item);
        if (again.Count > 0)
        {
            foreach ((ItemId item, FiledKey key) in await session.QueryAsync(
                $"SELECT item_id, kind, key FROM filed WHERE {session.Dialect.InBytes("item_id", "$ids")}",
                static row => (row.GetItemId(0), new FiledKey(row.GetString(1), row.GetString(2))),
                ("$ids", session.Dialect.List(again.Values.Select(one => one.Item)))).ConfigureAwait(false))
            {
                again[item].Former.Add(key);
            }
        }

        return open;
    }

    /// <summary>Without those that rest on what is no longer so: to read and store them again is right.</summary>
    private async ValueTask<List<FilingInHand>> WithoutOutdatedAsync(List<FilingInHand> open)
    {
        IReadOnlySet<CaseNumber> purged =
            await PurgedCases.AmongAsync(session, open.SelectMany(one => one.Cases)).ConfigureAwait(false);
        IReadOnlySet<ContentHash> condemned =
            await CondemnedBlobs.AmongAsync(session, open.SelectMany(one => one.Blobs), now).ConfigureAwait(false);
        HashSet<(Tenant, PatientIdentifier, string)> refused = [];
        foreach ((Tenant tenant, IdentifierLink link) in open
            .SelectMany(one => one.Filing.Links.Select(link => (one.Tenant, Link: link)))
            .DistinctBy(one => (one.Tenant, one.Link.Identifier, one.Link.PatientId)))
        {
            if (!await CaseRows.MayLinkAsync(session, link.Identifier, link.PatientId, tenant).ConfigureAwait(false)
                || await LinkRows.IsTakenBackAsync(session, link, tenant).ConfigureAwait(false))
            {
                refused.Add((tenant, link.Identifier, link.PatientId));
            }
        }

        // Two that say different things of one resource, or of one identifier, come one after the other; so does one that says
        // of a resource no more what it said.
        Dictionary<FiledKey, ReadOnlyMemory<byte>> said = [];
        Dictionary<(Tenant, PatientIdentifier), string> owners = [];
        return
        [
            .. open.Where(one => !one.Cases.Any(purged.Contains) && !one.Blobs.Any(condemned.Contains)
                && !one.Filing.Links.Any(link => refused.Contains((one.Tenant, link.Identifier, link.PatientId)))
                && one.Filing.Links.All(link => owners.TryAdd((one.Tenant, link.Identifier), link.PatientId)
                    || owners[(one.Tenant, link.Identifier)] == link.PatientId)
                && SaysAlike(one, said)),
        ];
    }

    private static bool SaysAlike(FilingInHand one, Dictionary<FiledKey, ReadOnlyMemory<byte>> said) =>
        one.Filing.Resources.All(resource =>
        {
            FiledKey key = FiledKey.Of(resource);
            return said.TryAdd(key, resource.Json) || (!resource.Json.IsEmpty && said[key].Span.SequenceEqual(resource.Json.Span));
        })
        && one.Former.Except(one.Current).Where(key => key.Kind == FiledKey.Resource).All(key => said.TryAdd(key, default));

    private async ValueTask SaveAsync(List<FilingInHand> open)
    {
        foreach (IGrouping<long, FilingInHand> number in open.GroupBy(one => one.FiledCase))
        {
            session.Write(
                $"""
                UPDATE item SET revision = revision + 1, filed_case = $case,
                  filed_at = CASE WHEN filed_case = $case THEN filed_at ELSE $now END
                WHERE {session.Dialect.InBytes("id", "$ids")}
                """,
                ("$ids", session.Dialect.List(number.Select(one => one.Item))), ("$case", number.Key), ("$now", now));
        }

        SaveRecords(open);
        session.Insert(
            "filed", "item_id, kind, key",
            [.. open.SelectMany(one => one.Current.Except(one.Former).Select(key => new SqlValue[] { one.Item, key.Kind, key.Key }))]);
        foreach (FilingInHand one in open)
        {
            foreach (StoredBinary binary in one.Filing.Binaries)
            {
                BinaryRows.Save(session, binary);
            }

            SaveInstances(one);
        }

        await LearnAsync(open).ConfigureAwait(false);
        List<FiledKey> gone = [];
        foreach (FilingInHand one in open)
        {
            gone.AddRange(await WithdrawAsync(one).ConfigureAwait(false));
        }

        foreach (StudyKey study in _studies.OrderBy(OutboxRows.KeyOf, StringComparer.Ordinal))
        {
            OutboxRows.Ask(session, study, now + studyDelay);
        }

        Settle(open);
        await OwedLooks.AskAsync(session, open, now).ConfigureAwait(false);
        await SaveResourcesAsync(open, gone).ConfigureAwait(false);
    }

    // What goes on waiting is done, or given up.
    private void Settle(List<FilingInHand> open)
    {
        foreach (Filing filing in open.Select(one => one.Filing))
        {
            if (filing.GivenUp is { } given)
            {
                OutboxRows.Park(session, OutboxTopic.Item, filing.Item.ToString(), given, now);
            }
        }

        OutboxRows.Remove(
            session, OutboxTopic.Item, open.Where(one => one.Filing.GivenUp is null).Select(one => one.Filing.Item.ToString()));
    }

    private void SaveRecords(List<FilingInHand> open)
    {
        if (open.Any(one => one.Filing.ExpectedRevision > 1))
        {
            (string, SqlValue) again = ("$ids", session.Dialect.List(
                open.Where(one => one.Filing.ExpectedRevision > 1).Select(one => one.Item)));
            session.Write($"DELETE FROM record WHERE {session.Dialect.InBytes("item_id", "$ids")}", again);
            session.Write($"DELETE FROM record_key WHERE {session.Dialect.InBytes("item_id", "$ids")}", again);
        }

        session.Insert("record", FilingInHand.RecordColumns, [.. open.SelectMany(one => one.Records)]);
        session.Insert("record_key", FilingInHand.KeyColumns, [.. open.SelectMany(one => one.Keys)]);
    }

    private void SaveInstances(FilingInHand one)
    {
        foreach ((string, SqlValue)[] values in one.Instances)
        {
            InstanceWrite.Save(session, values);
        }

        _studies.UnionWith(
            one.Filing.Instances.Select(instance => new StudyKey(instance.Case, instance.Facts.StudyInstanceUid)));
    }

    private async ValueTask LearnAsync(List<FilingInHand> open)
    {
        HashSet<(Tenant, PatientIdentifier)> done = [];
        foreach (FilingInHand one in open)
        {
            foreach (IdentifierLink link in one.Filing.Links.Where(link => done.Add((one.Tenant, link.Identifier))))
            {
                if (await CaseRows.LinkAsync(session, link, one.Tenant).ConfigureAwait(false))
                {
                    one.Learnt.Add(link.Identifier);
                    _richer.Add(link.PatientId);
                }
            }
        }
    }

    /// <summary>Takes back what the item no longer says; gives what nobody says any more.</summary>
    private async ValueTask<List<FiledKey>> WithdrawAsync(FilingInHand one)
    {
        List<FiledKey> gone = [];
        foreach (IGrouping<string, FiledKey> kind in one.Former.Except(one.Current).GroupBy(key => key.Kind, StringComparer.Ordinal))
        {
            (string, SqlValue)[] parameters =
            [
                ("$id", one.Item), ("$kind", kind.Key), ("$keys", session.Dialect.List(kind.Select(key => key.Key))),
            ];
            string those = $"kind = $kind AND {session.Dialect.In("key", "$keys")}";
            session.Write($"DELETE FROM filed WHERE item_id = $id AND {those}", parameters);
            HashSet<string> said = [.. await session.QueryAsync(
                $"SELECT DISTINCT key FROM filed WHERE {those}", static row => row.GetString(0), parameters.AsSpan(1))
                .ConfigureAwait(false)];
            gone.AddRange(kind.Where(key => !said.Contains(key.Key)));
        }

        foreach (FiledKey key in gone)
        {
            await RemoveAsync(one, key).ConfigureAwait(false);
        }

        return gone;
    }

    private async ValueTask RemoveAsync(FilingInHand one, FiledKey key)
    {
        switch (key.Kind)
        {
            case FiledKey.Binary:
                session.Write("DELETE FROM \"binary\" WHERE id = $id", ("$id", key.Key));
                break;
            case FiledKey.Instance:
                StudyKey study = InstanceWrite.Delete(session, key.Key);
                _poorerStudies.Add(study);
                _studies.Add(study);
                break;
            case FiledKey.Link:
                (PatientIdentifier identifier, string patient) = key.ToLink();
                if (await CaseRows.UnlinkAsync(session, identifier, patient).ConfigureAwait(false))
                {
                    one.Forgotten.Add(identifier);
                    _poorer.Add(patient);
                }

                break;
            default:
                break; // A resource leaves a version that says so, see SaveResourcesAsync.
        }
    }

    // Last of all, see ResourceWrite.
    private async ValueTask SaveResourcesAsync(List<FilingInHand> open, List<FiledKey> gone)
    {
        List<StoredResource> saved = [.. open.SelectMany(one => one.Filing.Resources)];
        foreach (string id in _richer.Union(_poorer))
        {
            if (await CaseRows.ReadPatientAsync(session, id).ConfigureAwait(false) is { } patient)
            {
                saved.Add(CaseResources.Patient(patient));
            }
        }

        // Until it is rebuilt without the instance a study is gone, and nothing that showed the instance is left.
        List<(string Type, string Id)> hidden = [.. _poorerStudies.SelectMany(StudyWrite.Resources)];
        await ResourceWrite.SaveAsync(
            session, saved,
            [.. gone.Where(key => key.Kind == FiledKey.Resource).Select(key => key.ToResource()), .. hidden], now)
            .ConfigureAwait(false);
        foreach ((string type, string id) in hidden.Concat(_poorer.Select(id => ("Patient", id))))
        {
            ResourceWrite.ForgetHistory(session, type, id);
        }
    }
}
