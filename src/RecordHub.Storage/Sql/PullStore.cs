using RecordHub.Core.Requests;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>The tables of what is fetched from sites.</summary>
internal sealed class PullStore(Database database) : IPullStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<SitePull>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SitePull>>(
            async session => await session.QueryAsync(
                "SELECT site, next_at, failures, trouble FROM site_pull ORDER BY site",
                static row => new SitePull(row.GetString(0), row.GetTime(1), row.GetInt32(2), row.GetString(3)))
                .ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task SaveAsync(SitePull pull, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO site_pull (site, next_at, failures, trouble) VALUES ($site, $next, $failures, $trouble)
            ON CONFLICT (site) DO UPDATE SET next_at = excluded.next_at, failures = excluded.failures, trouble = excluded.trouble
            """,
            ("$site", pull.Site), ("$next", pull.NextAt.ToUnixTimeMilliseconds()), ("$failures", pull.Failures),
            ("$trouble", pull.Trouble)),
        cancellationToken);

    /// <inheritdoc />
    public Task<StudyPullMark?> FindStudyAsync(string site, StudyKey study, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync(
                """
                SELECT evidence, failures, next_at FROM study_pull
                WHERE case_number = $case AND study_uid = $study AND site = $site
                """,
                static row => new StudyPullMark(row.GetString(0), row.GetInt32(1), row.GetTime(2)),
                ("$case", study.Case.Value), ("$study", study.StudyInstanceUid), ("$site", site)),
            cancellationToken);

    /// <inheritdoc />
    public Task SaveStudyAsync(string site, StudyKey study, StudyPullMark mark, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => !await PurgedCases.AnyAsync(session, [study.Case]).ConfigureAwait(false)
                && await session.ExecuteAsync(
                    """
                    INSERT INTO study_pull (case_number, study_uid, site, evidence, next_at, failures)
                    VALUES ($case, $study, $site, $evidence, $next, $failures)
                    ON CONFLICT (case_number, study_uid, site) DO UPDATE SET evidence = excluded.evidence,
                      next_at = excluded.next_at, failures = excluded.failures
                    """,
                    ("$case", study.Case.Value), ("$study", study.StudyInstanceUid), ("$site", site),
                    ("$evidence", mark.Evidence), ("$next", mark.NextAt.ToUnixTimeMilliseconds()),
                    ("$failures", mark.Failures)).ConfigureAwait(false) > 0,
            cancellationToken);
}
