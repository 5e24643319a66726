using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace RecordHub.Server.Console;

/// <summary>
/// A piece of HTML. It is only made by <see cref="Of"/>, which encodes everything that is put into it but other pieces:
/// what came from outside cannot become markup.
/// </summary>
internal readonly record struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    public static Html Of(Interpolation text) => new(text.ToText());

    /// <inheritdoc />
    public override string ToString() => _text ?? string.Empty;

    /// <summary>Encodes the holes of an interpolated string, and copies its literal parts.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly StringBuilder _output;

        public Interpolation(int literalLength, int formattedCount) =>
            _output = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string text) => _output.Append(text);

        public void AppendFormatted(string? text) => _output.Append(HtmlEncoder.Default.Encode(text ?? string.Empty));

        public void AppendFormatted(long number) => _output.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(Html piece) => _output.Append(piece);

        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (Html piece in pieces)
            {
                _output.Append(piece);
            }
        }

        internal string ToText() => _output.ToString();
    }
}
