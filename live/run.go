package live

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Run passes changes on to other instances and theirs to the boards here, until ctx ends. While Redis is away every board looks again
// every few seconds; what could not be passed on is when Redis is back, and every board looks again then too.
func (b *Boards) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { b.passOn(ctx) })
	both.Go(func() { b.listen(ctx) })
	both.Wait()
}

func (b *Boards) passOn(ctx context.Context) {
	look := time.NewTicker(b.lookEvery)
	defer look.Stop()
	away := false
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
			err = b.publish(ctx)
		case <-look.C:
			if err = b.publish(ctx); err != nil {
				b.tellAll()
			}
		}
		if ctx.Err() == nil && (err != nil) != away {
			away = err != nil
			b.log.WarnContext(ctx, "telling the boards of other instances", "works", !away, "error", errorText(err))
		}
	}
}

// publish tells other instances what changed, or asks whether Redis is there when nothing did. What could not be told is told next time.
func (b *Boards) publish(ctx context.Context) error {
	changed := b.takeChanged()
	_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Ping(ctx)
		for tenantID := range changed {
			p.Publish(ctx, b.channel, b.instance+":"+strconv.FormatInt(tenantID, 10))
		}
		return nil
	})
	if err != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		maps.Copy(b.changed, changed)
	}
	return err
}

func (b *Boards) takeChanged() map[int64]bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	changed := b.changed
	b.changed = map[int64]bool{}
	return changed
}

// listen hears the hints of other instances. The library connects again by itself; each time it has, hints may have been missed.
func (b *Boards) listen(ctx context.Context) {
	subscription := b.redis.Subscribe(ctx, b.channel)
	defer subscription.Close()
	messages := subscription.ChannelWithSubscriptions()
	for {
		select {
		case <-ctx.Done():
			return
		case message, open := <-messages:
			if !open {
				return
			}
			b.hear(message)
		}
	}
}

func (b *Boards) hear(message any) {
	switch m := message.(type) {
	case *redis.Subscription:
		b.tellAll()
	case *redis.Message:
		instance, tenant, _ := strings.Cut(m.Payload, ":")
		tenantID, err := strconv.ParseInt(tenant, 10, 64)
		if err != nil || instance == b.instance {
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.tell(tenantID)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
