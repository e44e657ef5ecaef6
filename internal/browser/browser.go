// Package browser lets tests use a page as a reader does: in Chromium, by clicks, drags and keys.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// limit ends a test whose browser does not answer.
const limit = 2 * time.Minute

// Page is a page in a browser of its own, which ends with the test. Every method fails the test where the
// browser does.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string // addresses that were asked for, but those of data
	wrong    []string // exceptions and refusals that the page has met
}

// path returns the browser; "" where there is none.
func path() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

// Start starts a browser with an empty page. Where there is no Chromium the test is skipped, unless the
// environment says CI=true: there, absence is a failure. So is -short: a browser takes a second.
func Start(t testing.TB) *Page {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: starts a browser")
	}
	at := path()
	if at == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI needs Chromium, and there is none")
		}
		t.Skip("there is no Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(at), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("no-first-run", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("font-render-hinting", "none"))
	ctx, end := context.WithTimeout(context.Background(), limit)
	ctx, endAllocator := chromedp.NewExecAllocator(ctx, options...)
	ctx, endTab := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until the browser has ended, which may have ended already
		endTab()
		endAllocator()
		end()
	})
	p := &Page{t: t, ctx: ctx}
	p.check(chromedp.Listen(ctx, p.heard))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	p.check(err)
	return p
}

func (p *Page) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// heard keeps what must not happen in a page.
func (p *Page) heard(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			p.requests = append(p.requests, e.Request.URL)
		}
	case *runtime.EventExceptionThrown:
		text, _ := json.Marshal(e.ExceptionDetails)
		p.wrong = append(p.wrong, string(text))
	case *log.EventEntryAdded:
		p.wrong = append(p.wrong, e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		text, _ := json.Marshal(e.Args)
		p.wrong = append(p.wrong, string(text))
	}
}

// Requests returns the addresses that were asked for, but those of data.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// Wrong returns the exceptions and messages of the page.
func (p *Page) Wrong() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wrong
}

// Size makes the window so large.
func (p *Page) Size(width, height int) {
	p.t.Helper()
	p.check(chromedp.Do(p.ctx, chromedp.EmulateViewport(int64(width), int64(height))))
}

// Scheme asks for colours, "light" or "dark".
func (p *Page) Scheme(scheme string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	p.check(err)
}

// NoScript lets no script run.
func (p *Page) NoScript() {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.check(err)
}

// Open opens a file from disk and returns its address.
func (p *Page) Open(file string) string {
	p.t.Helper()
	file, err := filepath.Abs(file)
	p.check(err)
	url := "file://" + filepath.ToSlash(file)
	p.check(chromedp.Do(p.ctx, chromedp.Navigate(url)))
	return url
}

// Eval returns the value of an expression in the page.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	x, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return x
}

// Until waits until an expression is true.
func (p *Page) Until(expression string) {
	p.t.Helper()
	for end := time.Now().Add(10 * time.Second); !Eval[bool](p, expression); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("it does not become true that %s", expression)
		}
	}
}

// box is where an element is in the window.
type box struct{ X, Y, Width, Height float64 }

// of returns where an element is: it scrolls there.
func (p *Page) of(selector string) box {
	p.t.Helper()
	b := Eval[box](p, fmt.Sprintf(`(async () => {
		const e = document.querySelector(%q);
		if (!e) throw new Error("there is no such element");
		e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
		for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame); // what is under a point is known once it was drawn
		const b = e.getBoundingClientRect();
		return { X: b.x, Y: b.y, Width: b.width, Height: b.height };
	})()`, selector))
	if b.Width == 0 || b.Height == 0 {
		p.t.Fatalf("%s is not to be seen", selector)
	}
	return b
}

// at returns the point of a box at shares of its width and height.
func (b box) at(across, down float64) (x, y float64) {
	return b.X + across*b.Width, b.Y + down*b.Height
}

func (p *Page) mouse(typ input.DispatchMouseEventType, x, y float64, options ...chromedp.MouseOption) {
	p.t.Helper()
	p.check(chromedp.Do(p.ctx, chromedp.MouseEvent(typ, x, y, options...)))
}

// reach moves the pointer to a point of an element until the browser, which may still be drawing the page,
// has it there.
func (p *Page) reach(selector string, across, down float64) box {
	p.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		b := p.of(selector)
		x, y := b.at(across, down)
		p.mouse(input.DispatchMouseEventTypeMouseMoved, x, y)
		if Eval[bool](p, fmt.Sprintf(`document.querySelector(%q).matches(":hover")`, selector)) {
			return b
		}
		if time.Now().After(end) {
			p.t.Fatalf("the pointer does not reach %s: it is on %s", selector, Eval[string](p, fmt.Sprintf(`document.elementFromPoint(%v, %v)?.outerHTML.slice(0, 200) ?? "nothing"`, x, y)))
		}
	}
}

// Move moves the pointer to the middle of an element.
func (p *Page) Move(selector string) {
	p.t.Helper()
	p.reach(selector, 0.5, 0.5)
}

// Away moves the pointer to the corner of the window.
func (p *Page) Away() {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMouseMoved, 1, 1)
}

// Click clicks the middle of an element.
func (p *Page) Click(selector string) {
	p.t.Helper()
	x, y := p.reach(selector, 0.5, 0.5).at(0.5, 0.5)
	p.check(chromedp.Do(p.ctx, chromedp.MouseClickXY(x, y)))
}

// Drag drags from one point of an element to another, both as shares of its width and height.
func (p *Page) Drag(selector string, fromX, fromY, toX, toY float64) {
	p.t.Helper()
	b := p.reach(selector, fromX, fromY)
	x, y := b.at(fromX, fromY)
	u, v := b.at(toX, toY)
	p.check(chromedp.Do(p.ctx, chromedp.DragAndDropXY(x, y, u, v, 5)))
}

// Focus puts the focus on an element.
func (p *Page) Focus(selector string) {
	p.t.Helper()
	Eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, selector))
}

// Press presses keys; package kb of chromedp has those without a letter.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.check(chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// Shot takes a picture of the whole page, or of the window, into the folder that the environment names as
// PARTSNET_SCREENSHOTS; it does nothing where it names none.
func (p *Page) Shot(name string, whole bool) {
	p.t.Helper()
	dir := os.Getenv("PARTSNET_SCREENSHOTS")
	if dir == "" {
		return
	}
	take := chromedp.CaptureScreenshot()
	if whole {
		take = chromedp.FullScreenshot(100)
	}
	picture, err := chromedp.Run(p.ctx, take)
	p.check(err)
	p.check(os.MkdirAll(dir, 0o777))
	p.check(os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o666))
}
