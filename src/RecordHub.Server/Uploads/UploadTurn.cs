using RecordHub.Core.Uploads;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Uploads;

/// <summary>One request while it is read: what became of its files so far, and whether another one is taken.</summary>
internal sealed class UploadTurn(UploadQuota quota, Backlog backlog, UploadRules rules, UploadTexts texts)
{
    private int _begun;

    public UploadQuota Quota => quota;

    public UploadTexts Texts => texts;

    /// <summary>What became of each file, in order.</summary>
    public List<UploadedFile> Files { get; } = [];

    /// <summary>Before each file of the request.</summary>
    /// <exception cref="UploadEndedException">No more are taken.</exception>
    public Task BeginFileAsync(CancellationToken cancellationToken) => ++_begun > rules.FilesPerRequest
        ? throw new UploadEndedException(UploadEnd.TooMany)
        : BeginMemberAsync(cancellationToken);

    /// <summary>Before each file of an archive, which an uploader cannot send in two requests.</summary>
    /// <exception cref="UploadEndedException">No more are taken.</exception>
    public async Task BeginMemberAsync(CancellationToken cancellationToken)
    {
        UploadEnd end = backlog.IsFull ? UploadEnd.Away
            : await quota.TakeFileAsync(cancellationToken) ? UploadEnd.Whole : UploadEnd.LinkFull;
        if (end != UploadEnd.Whole)
        {
            throw new UploadEndedException(end);
        }
    }

    /// <summary>Reads what is looked at of a file before it is handed on; one of which that does not come does not count.</summary>
    public async Task<T> BeforehandAsync<T>(Func<Task<T>> read)
    {
        bool isRead = false;
        try
        {
            T value = await read();
            isRead = true;
            return value;
        }
        finally
        {
            if (!isRead)
            {
                quota.ReturnFile();
            }
        }
    }
}
