using RecordHub.Core.Uploads;

namespace RecordHub.Server.Uploads;

/// <summary>
/// What one request may still take of its link. It is counted in the store before it is taken, a growing piece at a time, so
/// that requests at the same time are never over the limit together, and few writes are needed.
/// </summary>
internal sealed class UploadQuota(IUploadLinkStore links, string id, UploadRules rules, TimeProvider time)
{
    private const long MostFiles = 64;
    private const long MostBytes = 64L << 20;

    private long _files;
    private long _bytes;
    private long _nextFiles = 1;
    private long _nextBytes = 1 << 20;
    private long _ofFile;

    /// <summary>Before a file; false when the link takes none any more.</summary>
    public async ValueTask<bool> TakeFileAsync(CancellationToken cancellationToken)
    {
        _ofFile = 0;
        if (_files == 0)
        {
            if (await TakeAsync(new UploadShare(_nextFiles, 0), cancellationToken))
            {
                _files = _nextFiles;
                _nextFiles = Math.Min(_nextFiles * 2, MostFiles);
            }
            else if (_nextFiles > 1 && await TakeAsync(new UploadShare(1, 0), cancellationToken))
            {
                _files = 1;
            }
            else
            {
                return false;
            }
        }

        _files--;
        return true;
    }

    /// <summary>Before bytes of the file are handed on; false when the link takes no more.</summary>
    public async ValueTask<bool> TakeBytesAsync(int count, CancellationToken cancellationToken)
    {
        if (_bytes < count)
        {
            long missing = count - _bytes;
            if (await TakeAsync(new UploadShare(0, Math.Max(_nextBytes, missing)), cancellationToken))
            {
                _bytes += Math.Max(_nextBytes, missing);
                _nextBytes = Math.Min(_nextBytes * 2, MostBytes);
            }
            else if (_nextBytes > missing && await TakeAsync(new UploadShare(0, missing), cancellationToken))
            {
                _bytes += missing;
            }
            else
            {
                return false;
            }
        }

        _bytes -= count;
        _ofFile += count;
        return true;
    }

    /// <summary>Nothing new was kept of the file: it does not count.</summary>
    public void ReturnFile()
    {
        _files++;
        _bytes += _ofFile;
        _ofFile = 0;
    }

    /// <summary>At the end of the request: what was counted and not taken counts no longer.</summary>
    public Task SettleAsync()
    {
        UploadShare left = new(_files, _bytes);
        _files = 0;
        _bytes = 0;
        return left == default ? Task.CompletedTask : links.GiveBackAsync(id, left, CancellationToken.None);
    }

    private Task<bool> TakeAsync(UploadShare share, CancellationToken cancellationToken) => links.TakeAsync(
        id, share, new UploadShare(rules.FilesPerLink, rules.BytesPerLink), time.GetUtcNow(), cancellationToken);
}
