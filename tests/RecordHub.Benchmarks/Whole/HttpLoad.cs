using System.Diagnostics;
using System.Net.Http.Headers;

namespace RecordHub.Benchmarks.Whole;

/// <summary>Times requests over HTTP, one after the other on each of some connections.</summary>
internal static class HttpLoad
{
    /// <summary>Milliseconds from the request to the last byte of each answer, in order; all must succeed.</summary>
    public static async Task<List<double>> GetAsync(Uri url, string? token, string accept, int count, int connections)
    {
        using HttpClient client = Client(token);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        double[] took = new double[count];
        await EachAsync(count, connections, async number =>
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using Stream body = await answer.Content.ReadAsStreamAsync();
            await body.CopyToAsync(Stream.Null);
            took[number] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        });
        return [.. took.Order()];
    }

    /// <summary>Posts all files of a folder, one request each; seconds for all of them.</summary>
    public static async Task<double> PostAsync(Uri url, string folder, int connections)
    {
        using HttpClient client = Client(null);
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        long began = Stopwatch.GetTimestamp();
        await EachAsync(files.Length, connections, async number =>
        {
            using StreamContent content = new(File.OpenRead(files[number]));
            using HttpResponseMessage answer = await client.PostAsync(url, content);
            answer.EnsureSuccessStatusCode();
        });
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static HttpClient Client(string? token)
    {
        HttpClient client = new() { Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static Task EachAsync(int count, int connections, Func<int, Task> once)
    {
        int next = -1;
        return Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                await once(i);
            }
        }));
    }
}
